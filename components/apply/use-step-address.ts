import { useCallback, useEffect, useRef } from "react";
import type { ApplyStep } from "./draft";
import { stepOfAddress } from "./stored-draft";

const addressOf = (step: ApplyStep) => (step === "who" ? "/apply" : `/apply?step=${step}`);

/**
 * Keeps the screen and the address together, so that the phone's back button steps back inside the
 * application. A query, not a hash: WeChat Pay's registered directory and the login's return must
 * both see it (wechat.md §1.7). One entry for a step forwards, none for the rest, because each
 * entry makes iOS show its navigation bar (§4).
 */
export function useStepAddress(
  step: ApplyStep,
  isReady: boolean,
  onMove: (step: ApplyStep) => void,
) {
  const pushed = useRef(0);
  const shown = useRef<ApplyStep | null>(null);

  useEffect(() => {
    if (!isReady || shown.current === step) return;
    const isFirst = shown.current === null;
    shown.current = step;
    if (stepOfAddress(location.search) === step) return;
    if (isFirst) history.replaceState(null, "", addressOf(step));
    else {
      history.pushState(null, "", addressOf(step));
      pushed.current += 1;
    }
  }, [step, isReady]);

  useEffect(() => {
    const follow = () => {
      pushed.current = Math.max(0, pushed.current - 1);
      const wanted = stepOfAddress(location.search);
      shown.current = wanted;
      onMove(wanted);
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, [onMove]);

  /** The page's own "back": the browser's when we made the entry, else in place. */
  return useCallback(
    (previous: ApplyStep) => {
      if (pushed.current > 0) return history.back();
      shown.current = previous;
      history.replaceState(null, "", addressOf(previous));
      onMove(previous);
    },
    [onMove],
  );
}
