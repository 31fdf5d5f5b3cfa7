import { Button, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { BottomBar } from "@/components/ui/page";
import type { ApplyWords } from "./apply-props";
import { HEADING_ID } from "./machine";

/** A polite no, before any charge (R8): why, what happens to the answer, and where else to ask. */
export function Declined({
  questions,
  words,
  onCorrect,
}: {
  questions: readonly string[];
  words: ApplyWords["declined"];
  onCorrect: () => void;
}) {
  return (
    <>
      <h1 id={HEADING_ID} tabIndex={-1} className="mt-6 text-title font-semibold outline-none">
        {words.heading}
      </h1>
      <p className="mt-4">{words.lead}</p>
      <ul className="mt-3 list-disc space-y-2 pl-6 marker:text-coral">
        {questions.map((question) => (
          <li key={question}>{question}</li>
        ))}
      </ul>
      <Card className="mt-6 space-y-3">
        <p>{words.charged}</p>
        <p className="text-soft">{words.advice}</p>
      </Card>
      <BottomBar>
        <LinkButton href="/" variant="quiet">
          {words.leave}
        </LinkButton>
        <Button variant="text" onClick={onCorrect} className="mt-1">
          {words.mistake}
        </Button>
      </BottomBar>
    </>
  );
}
