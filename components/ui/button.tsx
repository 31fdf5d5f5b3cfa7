import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from "react";
import { classNames } from "./class-names";
import { Spinner } from "./spinner";

/**
 * `pay` is WeChat's green and only for paying; `primary` is the page's one other act; `quiet` is a
 * card-coloured second choice; `text` reads as a link but keeps a 44 px target.
 */
export type ButtonVariant = "pay" | "primary" | "quiet" | "text";

const SHAPE =
  "inline-flex min-h-13 w-full items-center justify-center gap-2 rounded-control px-5 py-3 text-center text-button font-bold text-balance select-none motion-safe:transition-[background-color,scale] motion-safe:duration-150 motion-safe:active:scale-[0.985] disabled:opacity-60 aria-busy:opacity-80";

const VARIANTS: Record<ButtonVariant, string> = {
  pay: "bg-pay text-pay-ink active:bg-pay-press",
  primary: "bg-accent text-accent-ink",
  quiet: "bg-card text-ink shadow-lift border border-line",
  text: "min-h-11! text-body! font-normal! text-soft underline decoration-line decoration-1 underline-offset-4",
};

interface CommonProps {
  variant?: ButtonVariant;
  className?: string;
  children: ReactNode;
}

export function Button({
  variant = "primary",
  isBusy = false,
  className,
  children,
  type = "button",
  ...rest
}: CommonProps & { isBusy?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type={type}
      aria-busy={isBusy || undefined}
      className={classNames(SHAPE, VARIANTS[variant], className)}
      {...rest}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}

/**
 * A plain anchor on purpose: iOS signs the page first landed on, so pages that pay or share must be
 * entered by a real navigation (wechat.md §3.2).
 */
export function LinkButton({
  variant = "primary",
  className,
  children,
  ...rest
}: CommonProps & AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return (
    <a className={classNames(SHAPE, VARIANTS[variant], className)} {...rest}>
      {children}
    </a>
  );
}
