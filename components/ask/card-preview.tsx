import { Face } from "@/components/ui/face";
import type { AskCard } from "@/lib/asking/contract";

export interface CardPreviewWords {
  chat: string;
  moments: string;
}

/** The card as WeChat draws it: in a chat with title, words and picture; on Moments without words. */
export function CardPreview({
  card,
  name,
  imageUrl,
  words,
}: {
  card: AskCard;
  name: string;
  imageUrl: string;
  words: CardPreviewWords;
}) {
  return (
    <div className="space-y-4 rounded-card bg-sunk p-4">
      <figure>
        <figcaption className="mb-2 text-fine text-soft">{words.chat}</figcaption>
        <div className="flex justify-end gap-2">
          <div className="w-full max-w-64 rounded-lg bg-card px-3 py-3 shadow-lift">
            <p className="line-clamp-2 text-body leading-snug">{card.title}</p>
            <div className="mt-2 flex items-start gap-3">
              <p className="line-clamp-3 min-w-0 flex-1 text-fine leading-normal text-soft">
                {card.description}
              </p>
              <Thumb src={imageUrl} />
            </div>
          </div>
          <Face name={name} size="small" />
        </div>
      </figure>
      <figure>
        <figcaption className="mb-2 text-fine text-soft">{words.moments}</figcaption>
        <div className="flex gap-2">
          <Face name={name} size="small" />
          <div className="min-w-0 flex-1">
            <p className="mb-1.5 text-small font-semibold">{name}</p>
            <div className="flex items-center gap-2 bg-line/60 p-1.5">
              <Thumb src={imageUrl} />
              <p className="line-clamp-2 min-w-0 flex-1 text-fine leading-snug">
                {card.momentsTitle}
              </p>
            </div>
          </div>
        </div>
      </figure>
    </div>
  );
}

/** Decoration here: what it shows stands in words beside it. */
function Thumb({ src }: { src: string }) {
  // biome-ignore lint/performance/noImgElement: our own server has drawn it in this size.
  return <img src={src} alt="" width={44} height={44} className="size-11 shrink-0 bg-line" />;
}
