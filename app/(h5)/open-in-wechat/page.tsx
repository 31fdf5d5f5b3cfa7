/**
 * `/open-in-wechat?next=`: where paying is impossible, outside WeChat or in its snapshot mode
 * (`reason=snapshot`), the way in.
 */
import type { Metadata } from "next";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { readLocale } from "@/app/viewer";
import { QrCode } from "@/components/documents/qr-code";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { publicConfig } from "@/lib/env/public";
import { safeNextPath } from "@/lib/http/next-path";
import { commonMessages } from "@/lib/i18n/common";
import { pagesMessages } from "@/lib/i18n/pages";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: pagesMessages(await readLocale()).openInWechat.heading,
    robots: { index: false },
  };
}

export default async function OpenInWechatPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [locale, query] = await Promise.all([readLocale(), searchParams]);
  const words = pagesMessages(locale).openInWechat;
  // Only a path of ours: this page must not hand out a QR code for somebody else's address.
  const path = safeNextPath(typeof query.next === "string" ? query.next : "/");
  const url = `${publicConfig().publicUrl}${path}`;
  const isSnapshot = query.reason === "snapshot";
  // In the other language the page is still about the same link.
  const ownQuery = new URLSearchParams({ next: path, ...(isSnapshot && { reason: "snapshot" }) });
  return (
    <Page
      header={<PageHeader title={commonMessages(locale).brand} titleHref="/" />}
      footer={<SiteFooter locale={locale} nextPath={`/open-in-wechat?${ownQuery}`} />}
    >
      <h1 className="mt-4 text-title font-semibold">{words.heading}</h1>
      <p className="mt-3 text-pretty text-soft">{words.lead}</p>
      {isSnapshot && (
        <Notice tone="warn" title={words.snapshotHeading} className="mt-5">
          {words.snapshotLead}
        </Notice>
      )}
      <Section title={words.linkHeading}>
        <Card>
          <p className="text-small text-soft">{words.linkLead}</p>
          <p className="my-4 rounded-control bg-sunk px-3 py-2 text-small break-all select-all">
            {url}
          </p>
          <CopyButton
            text={url}
            words={{ copy: words.copy, copied: words.copied, copyFailed: words.copyFailed }}
          />
        </Card>
      </Section>
      <Section title={words.qrHeading}>
        <Card>
          <QrCode text={url} label={words.qrAlternative} />
          <p className="mt-4 text-center text-small text-soft">{words.qrLead}</p>
        </Card>
      </Section>
    </Page>
  );
}
