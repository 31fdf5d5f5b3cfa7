"use client";

import { TONES, type Tone } from "@/lib/asking/limits";

/** Three ways of saying it; a group of radio buttons, each as large as a thumb. */
export function ToneChoice({
  tone,
  onChoose,
  words,
}: {
  tone: Tone;
  onChoose: (tone: Tone) => void;
  words: { label: string; tones: Record<Tone, { name: string; hint: string }> };
}) {
  return (
    <fieldset className="mt-6">
      <legend className="sr-only">{words.label}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(5.5rem,1fr))] gap-2">
        {TONES.map((each) => (
          <label
            key={each}
            className="relative flex min-h-16 flex-col items-center justify-center rounded-control border border-edge bg-card px-1 py-2 text-center has-checked:border-2 has-checked:border-coral has-checked:shadow-lift has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink"
          >
            <input
              type="radio"
              name="tone"
              value={each}
              checked={tone === each}
              onChange={() => onChoose(each)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span className="font-semibold">{words.tones[each].name}</span>
            <span className="text-fine text-soft">{words.tones[each].hint}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
