/**
 * `/me/policies/[code]/service`: ending the policy, for the insured. Before: what would go back to
 * whom; afterwards: what did. Somebody else's policy reads like none.
 */
import type { Metadata } from "next";
import { loadService } from "@/app/(h5)/me/policies/[code]/load-service";
import { readLocale } from "@/app/viewer";
import { PolicyEnded } from "@/components/endings/policy-ended";
import { SurrenderQuote } from "@/components/endings/surrender-quote";
import { LinkButton } from "@/components/ui/button";
import { EndBar, Page, PageHeader } from "@/components/ui/page";
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { endingsMessages } from "@/lib/i18n/endings";
import { getCurrentPlan } from "@/lib/plans/queries";
import type { SurrenderPreview } from "@/lib/policies/contract";
import { previewSurrender } from "@/lib/policies/surrender-policy";

export async function generateMetadata(): Promise<Metadata> {
  return { title: endingsMessages(await readLocale()).service.title, robots: { index: false } };
}

export default async function ServiceRoute({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const service = await loadService(code, `/me/policies/${code}/service`);
  const { locale } = service;
  const words = endingsMessages(locale).service;
  return (
    <Page>
      <PageHeader
        title={words.title}
        action={{ label: words.backToPolicy, href: `/me/policies/${code}` }}
      />
      <Story code={code} service={service} />
    </Page>
  );
}

async function Story({
  code,
  service,
}: {
  code: string;
  service: Awaited<ReturnType<typeof loadService>>;
}) {
  const { deps, userId, policy, ended, shownHotline, locale } = service;
  if (ended && policy.endReason) {
    return (
      <PolicyEnded
        code={code}
        reason={policy.endReason}
        endedOn={policy.endedOn}
        payableNowYuan={policy.payableNowYuan}
        {...ended}
        locale={locale}
      />
    );
  }
  const [preview, plan] = await Promise.all([
    findPreview(deps, { code, userId }),
    getCurrentPlan(deps),
  ]);
  if (!preview) {
    const words = endingsMessages(locale).service;
    return (
      <>
        <h1 className="mt-3 text-title font-semibold">{words.noneTitle}</h1>
        <p className="mt-1 text-soft">{words.unpaid}</p>
        <EndBar>
          <LinkButton variant="quiet" href={`/me/policies/${code}`}>
            {words.backToPolicy}
          </LinkButton>
        </EndBar>
      </>
    );
  }
  return (
    <SurrenderQuote
      code={code}
      preview={preview}
      totalYuan={policy.totalYuan}
      waitingDays={plan.waitingDays}
      isClaimPending={policy.diagnosis?.outcome === "pay_matured"}
      hotline={shownHotline}
      locale={locale}
    />
  );
}

/** Null when there is nothing to end: not paid yet, or over since a moment ago. */
async function findPreview(
  deps: Deps,
  who: { code: string; userId: string },
): Promise<SurrenderPreview | null> {
  try {
    return await previewSurrender(deps, who);
  } catch (error) {
    if (error instanceof DomainError && error.code === "policy_not_open") return null;
    throw error;
  }
}
