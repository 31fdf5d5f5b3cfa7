/** What the pages around a policy's end need; signs the person in first, like the owner's page. */
import { notFound, redirect } from "next/navigation";
import { findViewer, readLocale } from "@/app/viewer";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { unbroken } from "@/lib/format/unbroken";
import { findPolicyEnding } from "@/lib/policies/ending-rules";
import { findPolicyToEnd } from "@/lib/policies/policy-to-end";
import { findOwnerPolicy } from "@/lib/policies/queries";

export async function loadService(code: string, path: string) {
  const viewer = await findViewer();
  if (!viewer) redirect(`/api/auth/wechat?next=${encodeURIComponent(path)}`);
  const deps = getDeps();
  const [policy, locale] = await Promise.all([
    findOwnerPolicy(deps, { code, userId: viewer.userId }),
    readLocale(),
  ]);
  if (!policy) notFound();
  return {
    deps,
    userId: viewer.userId,
    policy,
    ended: policy.status === "ended" ? await readEnded(code) : null,
    hotline: publicConfig().insurer.hotline,
    shownHotline: unbroken(publicConfig().insurer.hotline),
    locale,
  };
}

/** The ending as the insured reads it, and the order of his own yuan. */
async function readEnded(code: string) {
  const policy = await findPolicyToEnd(getDeps().db, code);
  return {
    ending: policy && findPolicyEnding(policy),
    ownOutTradeNo: policy?.units.find(({ isOwn }) => isOwn)?.outTradeNo ?? null,
  };
}
