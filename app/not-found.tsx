/** Unknown addresses, and things that are not the viewer's: both look the same (design §8). */
import { readLocale } from "@/app/viewer";
import { Oops } from "@/components/documents/oops";
import { LinkButton } from "@/components/ui/button";
import { commonMessages } from "@/lib/i18n/common";
import { pagesMessages } from "@/lib/i18n/pages";

export default async function NotFound() {
  const locale = await readLocale();
  const words = pagesMessages(locale).notFound;
  return (
    <Oops heading={words.heading} lead={words.lead}>
      <LinkButton href="/">{words.home}</LinkButton>
      <LinkButton href="/me" variant="text" className="mt-2">
        {commonMessages(locale).myPolicies}
      </LinkButton>
    </Oops>
  );
}
