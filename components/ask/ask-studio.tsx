"use client";

import { type ReactNode, useEffect, useState } from "react";
import { ShareCard } from "@/components/share/share-card";
import { ShareGuide, type ShareGuideWords } from "@/components/share/share-guide";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { BottomBar, FinePrint, Section } from "@/components/ui/page";
import type { AskCard } from "@/lib/asking/contract";
import type { Tone } from "@/lib/asking/limits";
import { CardPreview, type CardPreviewWords } from "./card-preview";
import { loadTone, saveTone } from "./stored-tone";
import { ToneChoice } from "./tone-choice";

export interface AskStudioWords {
  tone: string;
  tones: Record<Tone, { name: string; hint: string }>;
  preview: CardPreviewWords & { title: string };
  sentence: { title: string; copy: string; copied: string; copyFailed: string };
  toFriend: string;
  toMoments: string;
  guides: { friend: ShareGuideWords; moments: ShareGuideWords };
}

/**
 * Choosing how to ask: the tone changes the card that WeChat will send, its preview and the sentence
 * beside it. `instead` takes the place of the buttons where there is no WeChat to send with.
 */
export function AskStudio({
  name,
  cards,
  link,
  imageUrl,
  jsSdkUrl,
  words,
  instead,
  finePrint,
  children,
}: {
  name: string;
  cards: AskCard[];
  link: string;
  imageUrl: string;
  jsSdkUrl: string;
  words: AskStudioWords;
  instead?: ReactNode;
  finePrint: ReactNode;
  children: ReactNode;
}) {
  const [tone, setTone] = useState<Tone>("plain");
  useEffect(() => setTone(loadTone()), []);
  const card = cards.find((each) => each.tone === tone) ?? cards[0];
  if (!card) return null;
  const choose = (next: Tone) => {
    setTone(next);
    saveTone(next);
  };
  return (
    <>
      <ToneChoice tone={tone} onChoose={choose} words={{ label: words.tone, tones: words.tones }} />
      {instead}
      <Section title={words.preview.title} className="mt-7">
        <CardPreview card={card} name={name} imageUrl={imageUrl} words={words.preview} />
      </Section>
      <Section title={words.sentence.title}>
        <Card>
          <p className="mb-4 select-all">{card.sentence}</p>
          <CopyButton variant="quiet" text={card.sentence} words={words.sentence} />
        </Card>
      </Section>
      {children}
      {!instead && (
        <BottomBar>
          <div className="grid grid-cols-2 gap-2 [&_button]:px-2">
            <ShareGuide label={words.toFriend} words={words.guides.friend} />
            <ShareGuide label={words.toMoments} words={words.guides.moments} variant="quiet" />
          </div>
          <FinePrint className="mt-3">{finePrint}</FinePrint>
        </BottomBar>
      )}
      <ShareCard {...card} link={link} imageUrl={imageUrl} jsSdkUrl={jsSdkUrl} />
    </>
  );
}
