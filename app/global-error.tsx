"use client";

/** The frame itself threw, so this page brings its own, and needs nothing from the server. */
import { Oops } from "@/components/documents/oops";
import { findErrorWords } from "@/components/documents/oops-words";
import { Button } from "@/components/ui/button";
import "./globals.css";

export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const { locale, words } = findErrorWords();
  return (
    <html lang={locale}>
      <body>
        <title>{words.heading}</title>
        <Oops heading={words.heading} lead={words.lead}>
          <Button onClick={() => location.reload()}>{words.retry}</Button>
          {error.digest && (
            <p className="mt-6 text-fine text-soft">
              {words.reference} <span className="font-mono">{error.digest}</span>
            </p>
          )}
        </Oops>
      </body>
    </html>
  );
}
