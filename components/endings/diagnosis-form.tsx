"use client";

/** The day of a diagnosis, what reporting it would do, and only then the report (R31). */
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import { callApi } from "@/components/payments/call-api";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { Locale } from "@/lib/i18n/locale";
import type { DiagnosisPreview, DiagnosisReport } from "@/lib/policies/contract";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { DiagnosisOutlook, type OutlookWords } from "./diagnosis-outlook";
import { focusHeading } from "./focus-heading";

export interface DiagnosisFormWords extends OutlookWords {
  date: string;
  hint: string;
  look: string;
  looking: string;
  confirmRefund: string;
  confirmClaim: string;
  busy: string;
  errors: Readonly<Record<string, string>> & { other: string };
}

interface Shown {
  diagnosedOn: CalendarDate;
  preview: DiagnosisPreview;
}

export function DiagnosisForm({
  code,
  today,
  locale,
  words,
}: {
  code: string;
  today: CalendarDate;
  locale: Locale;
  words: DiagnosisFormWords;
}) {
  const router = useRouter();
  const isBusy = useRef(false);
  const isReported = useRef(false);
  const outlook = useRef<HTMLDivElement>(null);
  const [step, setStep] = useState<"looking" | "reporting" | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  /** An error code: of the date while nothing is shown, of the report afterwards. */
  const [failure, setFailure] = useState<string | null>(null);
  const [isRedrawing, startRedraw] = useTransition();
  const path = `/api/policies/${code}/diagnosis`;

  useEffect(() => () => void (isReported.current && focusHeading()), []);
  useEffect(() => {
    if (shown) outlook.current?.scrollIntoView({ block: "nearest" });
  }, [shown]);

  /** One question at a time: a second tap is the same tap. */
  async function once(next: "looking" | "reporting", work: () => Promise<void>) {
    if (isBusy.current) return;
    isBusy.current = true;
    setStep(next);
    setFailure(null);
    await work();
    isBusy.current = false;
    setStep(null);
  }

  async function look(diagnosedOn: CalendarDate) {
    const answer = await callApi<DiagnosisPreview>(`${path}/preview`, { body: { diagnosedOn } });
    setShown(answer.ok ? { diagnosedOn, preview: answer.body } : null);
    if (answer.ok) return;
    const ofDate = answer.fields[0]?.code;
    setFailure(ofDate && ofDate in words.errors ? ofDate : answer.code);
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const diagnosedOn = event.currentTarget.querySelector("input")?.value;
    if (diagnosedOn) void once("looking", () => look(diagnosedOn));
    else setFailure("required");
  }

  async function report({ diagnosedOn, preview }: Shown) {
    const body = { diagnosedOn, outcome: preview.outcome };
    const answer = await callApi<DiagnosisReport>(path, { body });
    if (answer.ok) {
      isReported.current = true;
      startRedraw(() => router.refresh());
      return;
    }
    if (answer.code === "quote_changed") await look(diagnosedOn);
    setFailure(answer.code);
  }

  const say = (failed: string) => words.errors[failed] ?? words.errors.other;
  const isReporting = step === "reporting" || isRedrawing;
  const isRefund = shown?.preview.outcome === "refund_all";
  return (
    <>
      <form noValidate onSubmit={onSubmit} className="mt-8">
        <Field
          id="diagnosed-on"
          label={words.date}
          hint={words.hint}
          type="date"
          max={today}
          error={!shown && failure ? say(failure) : null}
          onChange={() => {
            setShown(null);
            setFailure(null);
          }}
        />
        {!shown && (
          <Button type="submit" className="mt-5" isBusy={step === "looking"}>
            {step === "looking" ? words.looking : words.look}
          </Button>
        )}
      </form>
      <div ref={outlook} aria-live="polite" className="safe-bottom mt-6">
        {shown && (
          <>
            <Card>
              <DiagnosisOutlook {...shown} words={words} locale={locale} />
            </Card>
            {failure && (
              <Notice tone="bad" isLive className="mt-4">
                {say(failure)}
              </Notice>
            )}
            <Button
              className="mt-5"
              variant={isRefund ? "quiet" : "primary"}
              isBusy={isReporting}
              onClick={() => void once("reporting", () => report(shown))}
            >
              {isReporting ? words.busy : isRefund ? words.confirmRefund : words.confirmClaim}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
