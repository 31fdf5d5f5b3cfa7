/** `/documents/[kind]`: one document as it is sold, with the hash that customers accept (R9). */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { readLocale } from "@/app/viewer";
import { DocumentLinks } from "@/components/documents/document-links";
import { Markdown } from "@/components/documents/markdown";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { commonMessages } from "@/lib/i18n/common";
import { pagesMessages } from "@/lib/i18n/pages";
import { findDocumentTranslation } from "@/lib/plans/content/documents";
import { documentKindSchema } from "@/lib/plans/contract";
import { findDocument, getCurrentPlan } from "@/lib/plans/queries";

interface Props {
  params: Promise<{ kind: string }>;
}

/** Addresses have dashes, kinds have underscores. */
function kindOf(segment: string) {
  return documentKindSchema.safeParse(segment.replaceAll("-", "_")).data ?? null;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const kind = kindOf((await params).kind);
  return kind ? { title: pagesMessages(await readLocale()).document.title[kind] } : {};
}

export default async function DocumentPage({ params }: Props) {
  const kind = kindOf((await params).kind);
  const deps = getDeps();
  const document = kind && (await findDocument(deps, { kind }));
  if (!document) notFound();
  const locale = await readLocale();
  const [plan, translation] = await Promise.all([
    getCurrentPlan(deps, locale),
    locale === "en" ? findDocumentTranslation(document.kind, document.version) : null,
  ]);
  const words = pagesMessages(locale).document;
  return (
    <Page
      header={
        <PageHeader
          title={commonMessages(locale).brand}
          titleHref="/"
          action={{ label: commonMessages(locale).disclosure, href: "/disclosure" }}
        />
      }
      footer={<SiteFooter locale={locale} nextPath={`/documents/${kind?.replaceAll("_", "-")}`} />}
    >
      {translation && (
        <>
          <p className="mt-4 text-fine text-soft">{words.translation}</p>
          <article lang="en">
            <Markdown source={translation} />
          </article>
          <hr className="my-10 border-line" />
          <p className="text-fine text-soft">{words.original}</p>
        </>
      )}
      <article lang="zh-CN" className="mt-4">
        {/* One level 1 a page: under a translation the original is a part of the page. */}
        <Markdown source={document.body} rootLevel={translation ? 2 : 1} />
      </article>
      <div className="mt-10 rounded-card bg-sunk p-4 text-fine text-soft">
        <p>
          {words.version} <span className="text-ink">{document.version}</span>
        </p>
        <p className="mt-2">{words.sha256}</p>
        <p className="font-mono break-all text-ink">{document.sha256}</p>
        <p className="mt-2">{words.hashNote}</p>
      </div>
      <Section title={words.others}>
        <DocumentLinks
          documents={plan.documents.filter((other) => other.kind !== document.kind)}
          titles={words.title}
        />
      </Section>
    </Page>
  );
}
