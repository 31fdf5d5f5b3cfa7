import { type ButtonHTMLAttributes, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/**
 * A label with its switch and a sentence below; all of it is the target. The state is told by the
 * knob's place and a fill, not by colour alone. Inside a form it submits, so it needs no JavaScript.
 */
export function Switch({
  isOn,
  label,
  note,
  ...rest
}: {
  isOn: boolean;
  label: ReactNode;
  note: ReactNode;
} & ButtonHTMLAttributes<HTMLButtonElement>) {
  const id = useId();
  return (
    <button
      role="switch"
      aria-checked={isOn}
      aria-labelledby={`${id}label`}
      aria-describedby={`${id}note`}
      className="grid min-h-14 w-full grid-cols-[1fr_auto] items-center gap-x-5 gap-y-1 py-3 text-left"
      {...rest}
    >
      <span id={`${id}label`} className="font-medium text-balance">
        {label}
      </span>
      <span
        aria-hidden="true"
        className={classNames(
          "flex h-7 w-12 items-center rounded-[0.6rem] border-2 p-0.5 motion-safe:transition-colors",
          isOn ? "border-accent bg-accent" : "border-edge bg-transparent",
        )}
      >
        <span
          className={classNames(
            "size-5 rounded-[32%] motion-safe:transition-[translate]",
            isOn ? "translate-x-5 bg-accent-ink" : "bg-edge",
          )}
        />
      </span>
      <span id={`${id}note`} className="col-span-2 text-small text-pretty text-soft">
        {note}
      </span>
    </button>
  );
}
