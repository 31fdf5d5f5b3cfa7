import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";

export type LightState = "done" | "now" | "later" | "stopped" | "returned";

export interface Light {
  label: string;
  /** When it happened, or what is being waited for. */
  detail?: ReactNode;
  state: LightState;
  /** The state in words, for those who do not see the mark. */
  stateLabel: string;
}

const DISCS: Record<LightState, string> = {
  done: "bg-accent text-accent-ink",
  now: "border-2 border-coral bg-paper text-accent-text",
  later: "border-2 border-line bg-paper text-soft",
  stopped: "border-2 border-edge bg-paper text-soft",
  returned: "bg-ink text-paper",
};

/** Where one yuan is: paid, counted, on the policy. A line is drawn as far as the yuan has come. */
export function ThreeLights({
  lights,
  className,
}: {
  lights: readonly Light[];
  className?: string;
}) {
  return (
    <ol className={classNames("-mx-2 flex", className)}>
      {lights.map((light, index) => (
        <li key={light.label} className="relative flex-1 text-center text-small">
          {index > 0 && (
            <span
              aria-hidden="true"
              className={classNames(
                "absolute top-[1.125rem] right-1/2 h-0.5 w-full",
                light.state !== "later" && isDone(lights[index - 1]) && light.state !== "stopped"
                  ? "bg-coral"
                  : "bg-line",
              )}
            />
          )}
          <span
            aria-hidden="true"
            className={classNames(
              "relative z-1 mx-auto mb-2 grid size-9 place-items-center rounded-full",
              DISCS[light.state],
            )}
          >
            <Mark state={light.state} />
          </span>
          <span className="block font-medium">{light.label}</span>
          <span className="sr-only">{light.stateLabel}</span>
          {light.detail && (
            <span className="block text-fine text-soft figure-numbers">{light.detail}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

function isDone(light: Light | undefined): boolean {
  return light?.state === "done";
}

const MARKS: Record<Exclude<LightState, "now" | "later">, string> = {
  done: "m3 8.5 3.2 3.2L13 4.8",
  stopped: "M4.5 8h7",
  returned: "M6.5 3.5 3 7l3.5 3.5M3.4 7H10a3 3 0 0 1 0 6H7",
};

function Mark({ state }: { state: LightState }) {
  if (state === "now") return <Spinner className="size-5" />;
  if (state === "later") return null;
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className="size-4.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
    >
      <path d={MARKS[state]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
