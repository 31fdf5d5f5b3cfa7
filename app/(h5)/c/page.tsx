/**
 * `/c`: for a link that is lost, its short code from a poster or a chat. A form that needs no
 * scripts: it goes to `/c/[shortCode]`, which leads on to the page or back here with a sentence.
 */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { readLocale } from "@/app/viewer";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Page, PageHeader } from "@/components/ui/page";
import { normaliseShortCode } from "@/lib/asking/contract";
import { askingMessages } from "@/lib/i18n/asking";
import { commonMessages } from "@/lib/i18n/common";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: askingMessages(await readLocale()).enter.pageTitle,
    robots: { index: false },
  };
}

export default async function ShortCodePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [locale, { code, problem }] = await Promise.all([readLocale(), searchParams]);
  const typed = typeof code === "string" ? code.slice(0, 24) : null;
  // A code without a problem is one that was just typed.
  const meant = typed === null || problem !== undefined ? "" : normaliseShortCode(typed);
  if (meant) redirect(`/c/${encodeURIComponent(meant)}`);
  const words = askingMessages(locale).enter;
  const error =
    problem === undefined
      ? typed !== null && words.problems.empty
      : problem === "busy" || problem === "trouble"
        ? words.problems[problem]
        : words.problems.unknown;
  return (
    <Page footer={<SiteFooter locale={locale} nextPath="/c" />}>
      <PageHeader title={commonMessages(locale).brand} titleHref="/" />
      <h1 className="mt-4 text-title font-semibold">{words.heading}</h1>
      <p className="mt-2 text-pretty text-soft">{words.lead}</p>
      <form method="get" action="/c" className="mt-8">
        <Field
          id="short-code"
          name="code"
          label={words.label}
          hint={words.hint}
          error={error}
          defaultValue={typed ?? ""}
          placeholder={words.placeholder}
          // Groups, dashes and a slip of the thumb fit in; the server reads what is meant.
          maxLength={24}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          required
          className="[&_input]:text-center [&_input]:text-title [&_input]:font-bold [&_input]:tracking-widest [&_input]:uppercase [&_input]:placeholder:text-body [&_input]:placeholder:font-normal [&_input]:placeholder:tracking-normal [&_input]:placeholder:normal-case"
        />
        <Button type="submit" className="mt-6">
          {words.submit}
        </Button>
      </form>
    </Page>
  );
}
