/** `/apply`, the application for one's own policy. Needs no login until the pay button. */
import type { Metadata } from "next";
import { isWechatBrowser, readIsElder, readLocale } from "@/app/viewer";
import { ApplyFlow } from "@/components/apply/apply-flow";
import { STEPS } from "@/components/apply/draft";
import { ElderLink } from "@/components/settings/elder-switch";
import { Page, PageHeader } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { applyMessages } from "@/lib/i18n/apply";
import { commonMessages } from "@/lib/i18n/common";
import { loadApplication } from "./load-application";

export async function generateMetadata(): Promise<Metadata> {
  return { title: applyMessages(await readLocale()).title };
}

export default async function ApplyPage({
  searchParams,
}: {
  searchParams: Promise<{ step?: string | string[] }>;
}) {
  const deps = getDeps();
  await deps.clock.refresh();
  const [locale, isElder, isWechat, { step }] = await Promise.all([
    readLocale(),
    readIsElder(),
    isWechatBrowser(),
    searchParams,
  ]);
  const words = applyMessages(locale);
  const common = commonMessages(locale);
  return (
    <Page
      header={
        <PageHeader
          title={common.brand}
          titleHref="/"
          action={{ label: common.disclosure, href: "/disclosure" }}
        />
      }
      footer={
        <div className="safe-bottom pt-6 text-center text-small text-soft">
          <ElderLink
            isElder={isElder}
            nextPath="/apply"
            label={isElder ? common.elderOff : common.elderOn}
          />
        </div>
      }
    >
      <noscript>
        <p className="rounded-control bg-warn-wash px-4 py-3 text-small">{words.noScript}</p>
      </noscript>
      <ApplyFlow
        {...(await loadApplication(deps, locale))}
        isWechat={isWechat}
        initialStep={STEPS.find((known) => known === step) ?? "who"}
      />
    </Page>
  );
}
