"use client";

import type { FormEvent, Ref } from "react";
import { Button } from "@/components/ui/button";
import { INPUT_CLASS } from "@/components/ui/input-class";
import type { SupportStep } from "./use-support";

export interface PayFormWords {
  pay: string;
  payFine: string;
  busy: Record<SupportStep, string>;
  /** By ending: `cancelled`, `failed`, …, an error code, or `other`. */
  result: Readonly<Record<string, string>>;
  summary: string;
  label: string;
  placeholder: string;
  anonymous: string;
  messageCharsMax: number;
}

/**
 * One button. Without scripts it goes to WeChat's login and comes back; the fields have no name, so
 * nothing personal ever stands in an address.
 */
export function PayForm({
  ref,
  code,
  words,
  step,
  ending,
  onSubmit,
}: {
  ref: Ref<HTMLFormElement>;
  code: string;
  words: PayFormWords;
  step: SupportStep | null;
  ending: string | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}) {
  return (
    <form
      ref={ref}
      method="get"
      action="/api/auth/wechat"
      data-pay-intent={code}
      onSubmit={onSubmit}
    >
      <input type="hidden" name="next" value={`/p/${code}?pay=1`} />
      <p role="status" className="mb-3 text-center text-small text-ink empty:hidden">
        {ending && (words.result[ending] ?? words.result.other)}
      </p>
      <Button type="submit" variant="pay" isBusy={step !== null}>
        {step ? words.busy[step] : words.pay}
      </Button>
      <p className="mt-2 text-center text-fine text-balance text-soft [@media(max-height:40rem)]:hidden">
        {words.payFine}
      </p>
      <details className="text-center">
        <summary className="inline-flex min-h-11 items-center px-3 text-small text-soft underline decoration-line underline-offset-4">
          {words.summary}
        </summary>
        <div className="pb-3 text-left">
          <label htmlFor="gift-message" className="mb-2 block text-small">
            {words.label}
          </label>
          <textarea
            id="gift-message"
            rows={2}
            maxLength={words.messageCharsMax}
            placeholder={words.placeholder}
            className={INPUT_CLASS}
          />
          <label className="mt-2 flex min-h-11 items-center gap-3 text-small">
            <input type="checkbox" className="size-5 accent-accent" />
            {words.anonymous}
          </label>
        </div>
      </details>
    </form>
  );
}
