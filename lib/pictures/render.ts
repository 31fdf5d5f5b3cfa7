/** From a drawing to a PNG, on libvips' own threads: the event loop only waits. */
import sharp from "sharp";
import type { Sheet } from "./sheet";

// One thread a picture: `PictureStore` says how many are drawn at once, and the rest of the machine
// belongs to payments. No two pictures are alike, so libvips' cache would only cost memory.
sharp.concurrency(1);
sharp.cache(false);

export async function renderPng(sheet: Sheet): Promise<Buffer> {
  return sharp(Buffer.from(sheet.toSvg())).removeAlpha().png({ compressionLevel: 6 }).toBuffer();
}
