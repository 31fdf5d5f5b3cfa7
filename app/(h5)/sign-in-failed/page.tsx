/** `/sign-in-failed?reason=&next=`: WeChat did not say who this is. Nothing was ordered or charged. */
import type { Metadata } from "next";
import { readLocale } from "@/app/viewer";
import { Oops } from "@/components/documents/oops";
import { LinkButton } from "@/components/ui/button";
import { safeNextPath } from "@/lib/http/next-path";
import { pagesMessages } from "@/lib/i18n/pages";

export async function generateMetadata(): Promise<Metadata> {
  const { heading } = pagesMessages(await readLocale()).signInFailed;
  return { title: heading, robots: { index: false } };
}

export default async function SignInFailedPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [locale, query] = await Promise.all([readLocale(), searchParams]);
  const words = pagesMessages(locale).signInFailed;
  const next = safeNextPath(typeof query.next === "string" ? query.next : "/");
  const isTemporary = query.reason === "unavailable";
  return (
    <Oops heading={words.heading} lead={isTemporary ? words.unavailableLead : words.lead}>
      <LinkButton href={`/api/auth/wechat?next=${encodeURIComponent(next)}`}>
        {words.retry}
      </LinkButton>
      <LinkButton href={next} variant="quiet" className="mt-2">
        {words.back}
      </LinkButton>
    </Oops>
  );
}
