"use client";

import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

export interface OutsideWords {
  lead: string;
  copy: string;
  copied: string;
  copyFailed: string;
  scan: string;
}

/** WeChat's browser names itself, on every system. */
export function isOutsideWechat(userAgent: string): boolean {
  return !/MicroMessenger/i.test(userAgent);
}

/** In place of a pay button that could not pay: the way into WeChat, by link or by code. */
export function OutsideBar({
  code,
  link,
  words,
}: {
  code: string;
  link: string;
  words: OutsideWords;
}) {
  const { lead, scan, ...copyWords } = words;
  return (
    <>
      <p className="mb-3 text-center text-small text-balance">{lead}</p>
      <CopyButton text={link} words={copyWords} />
      <LinkButton variant="text" href={`/open-in-wechat?next=${encodeURIComponent(`/p/${code}`)}`}>
        {scan}
      </LinkButton>
    </>
  );
}
