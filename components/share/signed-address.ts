/** Which address of ours WeChat will check a signature against (wechat.md §3.2). Pure. */

/** Without what stands behind `#`, which no signature covers. */
export const withoutFragment = (url: string) => url.split("#", 1)[0] ?? url;

/**
 * iOS's client knows the address with which the document was loaded, Android's the present one. They
 * differ after `pushState`, and when the page returns by back or forward.
 *
 * @returns the address to sign, and the one to sign if WeChat says `invalid signature`: the other
 *   one, since clients of another kind (HarmonyOS, Windows) follow either; often the same, because
 *   a ticket may have been renewed in between.
 */
export function addressesToSign(at: {
  userAgent: string;
  landedOn: string;
  current: string;
}): [first: string, second: string] {
  const landedOn = withoutFragment(at.landedOn);
  const current = withoutFragment(at.current);
  return /iPhone|iPad|iPod/.test(at.userAgent) ? [landedOn, current] : [current, landedOn];
}
