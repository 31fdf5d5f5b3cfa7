/**
 * `/me/policies/[code]/diagnosis`: the insured is ill. Looking changes nothing, and somebody can be
 * called at any moment (R31). Somebody else's policy reads like none.
 */
import type { Metadata } from "next";
import { loadService } from "@/app/(h5)/me/policies/[code]/load-service";
import { readLocale } from "@/app/viewer";
import { DiagnosisForm } from "@/components/endings/diagnosis-form";
import { DiagnosisReported } from "@/components/endings/diagnosis-reported";
import { PolicyEnded } from "@/components/endings/policy-ended";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page";
import { endingsMessages } from "@/lib/i18n/endings";
import { fill } from "@/lib/i18n/fill";

export async function generateMetadata(): Promise<Metadata> {
  return { title: endingsMessages(await readLocale()).diagnosis.title, robots: { index: false } };
}

export default async function DiagnosisRoute({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const service = await loadService(code, `/me/policies/${code}/diagnosis`);
  const words = endingsMessages(service.locale);
  return (
    <Page>
      <PageHeader
        title={words.service.title}
        action={{ label: words.service.backToPolicy, href: `/me/policies/${code}` }}
      />
      <Story code={code} service={service} />
    </Page>
  );
}

type Service = Awaited<ReturnType<typeof loadService>>;

function Story({ code, service }: { code: string; service: Service }) {
  const { policy, ended, hotline, shownHotline, locale } = service;
  if (ended && policy.endReason && policy.diagnosis?.outcome === "refund_all") {
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
  if (policy.diagnosis) {
    return (
      <DiagnosisReported
        code={code}
        report={policy.diagnosis}
        today={policy.today}
        hotline={hotline}
        shownHotline={shownHotline}
        locale={locale}
      />
    );
  }
  return <Ask code={code} service={service} />;
}

function Ask({ code, service }: { code: string; service: Service }) {
  const { policy, hotline, shownHotline, locale } = service;
  const { diagnosis: words, failures, service: serviceWords } = endingsMessages(locale);
  if (policy.status === "pending_payment") {
    return (
      <>
        <h1 className="mt-3 text-title font-semibold">{words.title}</h1>
        <p className="mt-1 text-soft">{serviceWords.unpaid}</p>
      </>
    );
  }
  const filled = (text: string) => fill(text, { hotline: shownHotline });
  const { form } = words;
  return (
    <>
      <h1 className="mt-3 text-title font-semibold">{words.title}</h1>
      <p className="mt-1 text-pretty text-soft">{words.lead}</p>
      <Card className="mt-6">
        <p className="text-small">{words.unsure}</p>
        <LinkButton variant="quiet" href={`tel:${hotline}`} className="mt-3">
          {words.call(shownHotline)}
        </LinkButton>
      </Card>
      <DiagnosisForm
        code={code}
        today={policy.today}
        locale={locale}
        words={{
          ...form,
          claim: filled(form.claim),
          errors: {
            ...failures,
            ...form.errors,
            other: filled(failures.other),
            policy_not_open: filled(form.errors.policy_not_open),
          },
        }}
      />
    </>
  );
}
