import { Page } from "@/components/ui/page";

/** Quiet shapes where the content will be; says so to those who cannot see them. */
export function LoadingPage({ label }: { label: string }) {
  return (
    <Page>
      <p role="status" className="sr-only">
        {label}
      </p>
      <div aria-hidden="true" className="animate-pulse-soft space-y-5 pt-20">
        <div className="h-9 w-2/3 rounded-control bg-sunk" />
        <div className="h-40 rounded-card bg-sunk" />
        <div className="h-24 rounded-card bg-sunk" />
        <div className="h-24 rounded-card bg-sunk" />
      </div>
    </Page>
  );
}
