import type { Deps } from "@/lib/deps";
import { drawPicture } from "./draw-picture";
import { pictureVersion } from "./picture-version";
import type { AnyPicture } from "./views";

/**
 * `always`: asked again each time, which costs no drawing while nothing has changed, because a face or
 * an appraisal must be gone at once when its owner takes it back. `shared`: names and counts only.
 */
const CACHE_CONTROL = { always: "private, no-cache", shared: "public, max-age=60" } as const;

/** Answers with the picture, or with 304 when the asker has it already. */
export async function answerPicture(
  { deps, request }: { deps: Pick<Deps, "pictures">; request: Request },
  picture: AnyPicture & { freshness: keyof typeof CACHE_CONTROL },
): Promise<Response> {
  const version = pictureVersion(picture);
  const etag = `"${version}"`;
  const headers = {
    etag,
    "cache-control": CACHE_CONTROL[picture.freshness],
    // Without `?lang=` the language is the browser's.
    vary: "accept-language, cookie",
  };
  if (hasAlready(request, etag)) return new Response(null, { status: 304, headers });
  const png = await deps.pictures.get(version, () => drawPicture(picture));
  return new Response(new Uint8Array(png), {
    headers: { ...headers, "content-type": "image/png", "content-length": `${png.byteLength}` },
  });
}

/** A proxy that compresses marks what it hands on as weak; it is the same picture. */
function hasAlready(request: Request, etag: string): boolean {
  const known = request.headers.get("if-none-match") ?? "";
  return known.split(",").some((entry) => entry.trim().replace(/^W\//, "") === etag);
}
