/**
 * Pictures by the hash of what they show. The same picture is drawn once however many ask, few are
 * drawn at once, few may wait, and what is kept has a bound in bytes.
 */
import { DomainError } from "@/lib/errors/errors";

export interface PictureStoreBounds {
  bytesMax: number;
  /** Drawn at once; the others wait. */
  rendersMax: number;
  waitingMax: number;
}

const BOUNDS: PictureStoreBounds = {
  /** Some 190 posters: those of the hour. The others are drawn again in a moment. */
  bytesMax: 32 * 1024 * 1024,
  /** Half of the smallest machine stays free for payments while posters are drawn. */
  rendersMax: 2,
  /** About three seconds of drawing; whoever comes later should come back instead of waiting. */
  waitingMax: 24,
};
const RETRY_AFTER_SECONDS = 3;

export class PictureStore {
  /** In the order of use, the oldest first. */
  readonly #kept = new Map<string, Buffer>();
  readonly #drawing = new Map<string, Promise<Buffer>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #bytes = 0;

  constructor(readonly bounds: PictureStoreBounds = BOUNDS) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws DomainError `unavailable` when too many wait already. */
  async get(hash: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const kept = this.#kept.get(hash);
    if (kept) {
      this.#kept.delete(hash);
      this.#kept.set(hash, kept);
      return kept;
    }
    const drawing = this.#drawing.get(hash) ?? this.#draw(hash, draw);
    return drawing;
  }

  #draw(hash: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const drawing = this.#inTurn(draw)
      .then((picture) => this.#keep(hash, picture))
      .finally(() => this.#drawing.delete(hash));
    this.#drawing.set(hash, drawing);
    return drawing;
  }

  async #inTurn(draw: () => Promise<Buffer>): Promise<Buffer> {
    if (this.#running < this.bounds.rendersMax) this.#running += 1;
    else if (this.#waiting.length < this.bounds.waitingMax) {
      // Whoever finishes hands its place over, so nobody who comes in between can take it.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      throw new DomainError("unavailable", {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
        log: { waiting: this.#waiting.length },
      });
    }
    try {
      return await draw();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #keep(hash: string, picture: Buffer): Buffer {
    this.#kept.set(hash, picture);
    this.#bytes += picture.byteLength;
    for (const [oldest, { byteLength }] of this.#kept) {
      if (this.#bytes <= this.bounds.bytesMax) break;
      this.#kept.delete(oldest);
      this.#bytes -= byteLength;
    }
    return picture;
  }
}
