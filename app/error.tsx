"use client";

/** A page that threw. The fault is logged on the server under the digest shown here. */
import { Oops } from "@/components/documents/oops";
import { findErrorWords } from "@/components/documents/oops-words";
import { Button, LinkButton } from "@/components/ui/button";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const { words } = findErrorWords();
  return (
    <Oops heading={words.heading} lead={words.lead}>
      <Button onClick={reset}>{words.retry}</Button>
      <LinkButton href="/me" variant="text" className="mt-2">
        {words.payments}
      </LinkButton>
      {error.digest && (
        <p className="mt-6 text-fine text-soft">
          {words.reference} <span className="font-mono">{error.digest}</span>
        </p>
      )}
    </Oops>
  );
}
