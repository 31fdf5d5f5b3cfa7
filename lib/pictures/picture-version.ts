import { createHash } from "node:crypto";
import type { AnyPicture } from "./views";

/** Counts changes of the drawings themselves, so that WeChat fetches them again. */
const DRAWING = 1;

/**
 * Names a picture by what it shows, known before it is drawn: 16 characters. As `?v=` it makes WeChat,
 * which keeps pictures by their address, ask for the new one after each cell.
 */
export function pictureVersion({ kind, picture }: AnyPicture): string {
  return createHash("sha256")
    .update(JSON.stringify([DRAWING, kind, picture]))
    .digest("base64url")
    .slice(0, 16);
}
