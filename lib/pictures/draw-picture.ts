import { drawCard } from "./card";
import { drawCertificate } from "./certificate";
import { drawPoster } from "./poster";
import { renderPng } from "./render";
import type { Sheet } from "./sheet";
import { drawThumb } from "./thumb";
import { openTypesetter, type Typesetter } from "./typesetter";
import type { AnyPicture } from "./views";

/** One picture as PNG. */
export async function drawPicture(picture: AnyPicture): Promise<Buffer> {
  return renderPng(drawSheet(picture, await openTypesetter()));
}

export function drawSheet(any: AnyPicture, typesetter: Typesetter): Sheet {
  switch (any.kind) {
    case "poster":
      return drawPoster(any.picture, typesetter);
    case "card":
      return drawCard(any.picture, typesetter);
    case "thumb":
      return drawThumb(any.picture, typesetter);
    case "certificate":
      return drawCertificate(any.picture, typesetter);
  }
}
