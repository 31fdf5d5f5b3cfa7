import type { ButtonHTMLAttributes } from "react";
import { classNames } from "@/components/ui/class-names";

/** A quiet word in a line, with a finger's room around it. */
export function SmallButton({ className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      className={classNames(
        "inline-flex min-h-11 min-w-11 items-center text-fine underline decoration-line underline-offset-4",
        className ?? "text-soft",
      )}
      {...rest}
    />
  );
}
