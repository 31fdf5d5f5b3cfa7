import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** One phone-wide column, also on a desktop; `Page` is the whole screen of an H5 route. */
export function Page({
  header,
  footer,
  className,
  children,
}: {
  header?: ReactNode;
  footer?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={classNames(
        "mx-auto flex min-h-dvh w-full max-w-md flex-col px-5 min-[380px]:px-6",
        className,
      )}
    >
      {header}
      <main id="main" className="flex flex-1 flex-col">
        {children}
      </main>
      {footer}
    </div>
  );
}

/** A quiet line on top: where one is, and the one place one might go instead. */
export function PageHeader({
  title,
  titleHref,
  action,
}: {
  title: ReactNode;
  titleHref?: string;
  action?: { label: ReactNode; href: string };
}) {
  return (
    <header className="flex min-h-14 items-center justify-between gap-4 pt-1 text-small text-soft">
      {titleHref ? (
        <a href={titleHref} className="inline-flex min-h-11 items-center gap-2">
          {title}
        </a>
      ) : (
        <span className="inline-flex min-h-11 items-center gap-2">{title}</span>
      )}
      {action && (
        <a href={action.href} className="inline-flex min-h-11 min-w-11 items-center justify-end">
          {action.label}
        </a>
      )}
    </header>
  );
}

/** A titled part of a page. The heading's level is 2; pages own their single level 1. */
export function Section({
  title,
  aside,
  id,
  className,
  children,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  id?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section id={id} className={classNames("mt-9", className)}>
      {title && (
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 className="text-lead font-semibold">{title}</h2>
          {aside && <div className="text-fine text-soft">{aside}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** The act of a page, always in reach of the thumb. */
export function BottomBar({ children }: { children: ReactNode }) {
  return <div className="bottom-bar safe-bottom -mx-5 mt-auto px-5 pt-2">{children}</div>;
}

/** The last acts of a page that has no single one to keep in reach. */
export function EndBar({ children }: { children: ReactNode }) {
  return <div className="safe-bottom mt-auto flex flex-col gap-2 pt-6">{children}</div>;
}

/** Small print under a button. */
export function FinePrint({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <p className={classNames("text-center text-fine text-balance text-soft", className)}>
      {children}
    </p>
  );
}
