/** The name that boards and friends are shown, or the way to let WeChat tell it. */
export function NicknameRow({
  nickname,
  nextPath,
  words,
}: {
  nickname: string | null;
  nextPath: string;
  words: { label: string; unknown: string; ask: string };
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-5 py-3">
      <p>
        <span className="block font-medium">{words.label}</span>
        <span className="text-small text-soft">{nickname ?? words.unknown}</span>
      </p>
      {nickname === null && (
        // WeChat asks by itself whether it may be told; nothing is kept without a yes.
        <a
          href={`/api/auth/wechat?profile=1&next=${encodeURIComponent(nextPath)}`}
          className="inline-flex min-h-11 items-center text-accent-text underline underline-offset-4"
        >
          {words.ask}
        </a>
      )}
    </div>
  );
}
