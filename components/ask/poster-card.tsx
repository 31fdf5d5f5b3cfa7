"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ProfileSwitches, type SwitchWords } from "@/components/settings/profile-switches";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import type { Profile } from "@/lib/profile/contract";

export interface PosterWords {
  lead: string;
  alternative: string;
  loading: string;
  failed: string;
  retry: string;
}

/**
 * The poster as a real picture, because WeChat saves pictures by a long press and nothing else. Its
 * address changes with what it shows, so after a switch the page is asked for the new one.
 */
export function PosterCard({
  url,
  profile,
  words,
  switchWords,
}: {
  url: string;
  profile: Profile;
  words: PosterWords;
  switchWords: SwitchWords;
}) {
  const router = useRouter();
  const [attempt, setAttempt] = useState(0);
  return (
    <Card>
      {/* Another picture, or another try, starts anew with its skeleton. */}
      <Poster
        key={`${url} ${attempt}`}
        url={url}
        words={words}
        onRetry={() => setAttempt((last) => last + 1)}
      />
      <div className="mt-2 border-t border-line">
        <ProfileSwitches
          initial={profile}
          choices={["isFaceOnPoster"]}
          words={switchWords}
          onSaved={() => router.refresh()}
        />
      </div>
    </Card>
  );
}

function Poster({ url, words, onRetry }: { url: string; words: PosterWords; onRetry: () => void }) {
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  // A picture that came before the scripts has told nobody.
  const look = (image: HTMLImageElement | null) => {
    if (image?.complete) setState(image.naturalWidth > 0 ? "shown" : "failed");
  };
  return (
    <>
      <p className="mb-3 text-small text-pretty text-soft">{words.lead}</p>
      {state === "failed" ? (
        <div role="alert" className="rounded-control bg-sunk px-4 py-8 text-center">
          <p className="mb-4">{words.failed}</p>
          <Button variant="quiet" onClick={onRetry}>
            {words.retry}
          </Button>
        </div>
      ) : (
        <div className="relative">
          {state === "loading" && (
            <p
              role="status"
              className="absolute inset-0 grid place-items-center rounded-control bg-sunk text-small text-soft motion-safe:animate-pulse-soft"
            >
              {words.loading}
            </p>
          )}
          {/* biome-ignore lint/performance/noImgElement: a real picture, to be saved by a long press. */}
          <img
            ref={look}
            src={url}
            alt={words.alternative}
            onLoad={() => setState("shown")}
            onError={() => setState("failed")}
            className={classNames(
              "w-full rounded-control",
              // About the poster's own shape, so that little moves when it comes.
              state === "loading" && "aspect-[750/1440] opacity-0",
            )}
          />
        </div>
      )}
    </>
  );
}
