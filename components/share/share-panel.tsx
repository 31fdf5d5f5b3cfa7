"use client";

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { callApi } from "@/components/payments/call-api";
import { takeIntent } from "@/components/payments/pay-intent";
import { CellsLegend } from "@/components/policies/cells-legend";
import { Figure } from "@/components/policies/figure";
import { HundredCells } from "@/components/policies/hundred-cells";
import { BottomBar, EndBar } from "@/components/ui/page";
import { NewCell } from "@/components/words/new-cell";
import { cellsFromCounts } from "@/lib/format/cells";
import { formatYuan } from "@/lib/format/money";
import { fill } from "@/lib/i18n/fill";
import type { PublicPolicy } from "@/lib/policies/contract";
import { ClosedBar, type ClosedWords } from "./closed-bar";
import { isOutsideWechat, OutsideBar, type OutsideWords } from "./outside-bar";
import { PayForm, type PayFormWords } from "./pay-form";
import { decideViewerState, type ShareState } from "./share-state";
import { useSupport } from "./use-support";

export interface Counts {
  units: number;
  unitsMax: number;
  maturedUnits: number;
  coverYuan: number;
}

/** As long as one looks at a picture; a thousand who look at once ask the server 70 times a second. */
const LOOK_MS = 15_000;

export interface SharePanelWords {
  figureCaption: string;
  gridLabel: string;
  newCell: string;
  me: string;
  legend: { matured: string; waiting: string; empty: string };
  form: PayFormWords;
  closed: ClosedWords;
  outside: OutsideWords;
}

/**
 * The live part of the friend's page: the grid, and the one act the viewer can do. The server draws
 * it the same for everyone (the page is cached); who looks, and what has changed since, is asked
 * here. Before the scripts arrive the button is an ordinary form that goes through the login.
 */
export function SharePanel({
  code,
  link,
  isWechatEverywhere,
  initialCounts,
  initialState,
  words,
  finePrint,
  children,
}: {
  code: string;
  link: string;
  /** In the sandbox every browser can pay. */
  isWechatEverywhere: boolean;
  initialCounts: Counts;
  initialState: ShareState;
  words: SharePanelWords;
  finePrint: ReactNode;
  children: ReactNode;
}) {
  const [counts, setCounts] = useState(initialCounts);
  const [state, setState] = useState(initialState);
  const [isOutside, setOutside] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { step, ending, support, reset } = useSupport(code, setState);

  // The page is the same for every browser, so it is found out here.
  useEffect(
    () => setOutside(!isWechatEverywhere && isOutsideWechat(navigator.userAgent)),
    [isWechatEverywhere],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a page view; the code is fixed.
  useEffect(() => {
    async function refresh() {
      const answer = await callApi<PublicPolicy>(`/api/policies/${code}`);
      if (!answer.ok) return;
      setCounts(answer.body);
      setState(decideViewerState(answer.body));
    }
    // iOS brings the page back as it was left, in the middle of a payment that is long over.
    function onPageShow(event: PageTransitionEvent) {
      if (!event.persisted) return;
      reset();
      void refresh();
    }
    // While one looks a cell may be lit: then the counts say so. What one may do is not changed under
    // the thumb, and a page that nobody looks at, or that is closed, asks nothing.
    async function look() {
      if (document.hidden || initialState !== "open") return;
      const answer = await callApi<PublicPolicy>(`/api/policies/${code}`);
      if (answer.ok) setCounts(answer.body);
    }
    const timer = setInterval(look, LOOK_MS);
    window.addEventListener("pageshow", onPageShow);
    void refresh();
    if (new URLSearchParams(location.search).has("pay")) {
      const intent = takeIntent(code);
      if (intent) void support(intent, true);
      else form.current?.querySelector("button")?.focus();
    }
    return () => {
      clearInterval(timer);
      window.removeEventListener("pageshow", onPageShow);
    };
  }, []);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // A second tap while ordering or confirming is the same tap; an open cashier may be reopened.
    if (step === "order" || step === "confirm") return;
    const target = event.currentTarget;
    void support({
      message: target.querySelector("textarea")?.value ?? "",
      anonymous: target.querySelector<HTMLInputElement>("[type=checkbox]")?.checked ?? false,
    });
  }

  // A page that is closed for everyone is short: there the bar may simply stand at its end.
  const Bar = initialState === "open" ? BottomBar : EndBar;
  return (
    <>
      <Picture counts={counts} words={words} />
      {children}
      <Bar>
        {state === "open" && isOutside ? (
          <OutsideBar code={code} link={link} words={words.outside} />
        ) : state === "open" ? (
          <PayForm
            ref={form}
            code={code}
            words={words.form}
            step={step}
            ending={ending}
            onSubmit={onSubmit}
          />
        ) : (
          <ClosedBar code={code} state={state} words={words.closed} />
        )}
        {finePrint}
      </Bar>
    </>
  );
}

function Picture({ counts, words }: { counts: Counts; words: SharePanelWords }) {
  const { units: lit, unitsMax: total, maturedUnits: matured } = counts;
  const numbers = { lit, total, matured, waiting: lit - matured };
  return (
    <>
      <HundredCells
        cells={cellsFromCounts(numbers)}
        newestSeq={lit > matured && lit > 1 ? lit : null}
        meLabel={words.me}
        label={fill(words.gridLabel, numbers)}
        className="mt-5"
      />
      <div aria-live="polite" className="mt-5">
        <Figure value={formatYuan(counts.coverYuan)} caption={fill(words.figureCaption, numbers)} />
      </div>
      <NewCell units={lit} template={words.newCell} />
      <CellsLegend
        className="mt-3"
        entries={[
          { state: "matured", label: fill(words.legend.matured, { count: matured }) },
          { state: "waiting", label: fill(words.legend.waiting, { count: lit - matured }) },
          { state: "empty", label: fill(words.legend.empty, { count: total - lit }) },
        ]}
      />
    </>
  );
}
