/** The Open Graph card, 1200 × 630, for chats and browsers that unfold a link. */
import { cellsFromCounts } from "@/lib/format/cells";
import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import { picturesMessages } from "@/lib/i18n/pictures";
import { drawCells } from "./draw-cells";
import { PALETTE } from "./palette";
import { drawAdvertisement, drawBrand, headlineOf, newestSeqOf } from "./parts";
import { Sheet } from "./sheet";
import type { Typesetter } from "./typesetter";
import type { PolicyPicture } from "./views";

const WIDTH = 1200;
const HEIGHT = 630;
const MARGIN = 60;
const CELLS_SIDE = HEIGHT - MARGIN * 2;
const LEFT = MARGIN + CELLS_SIDE + 56;
const CONTENT = WIDTH - MARGIN - LEFT;

export function drawCard(picture: PolicyPicture, typesetter: Typesetter): Sheet {
  const sheet = new Sheet(WIDTH, typesetter);
  sheet.height = HEIGHT;
  const { unitsMax: total, units: lit, maturedUnits: matured, locale, insurer } = picture;
  drawCells(sheet, cellsFromCounts({ total, lit, matured }), {
    x: MARGIN,
    y: MARGIN,
    width: CELLS_SIDE,
    meLabel: commonMessages(locale).cells.me,
    newestSeq: newestSeqOf(picture),
  });
  drawBrand(sheet, { right: WIDTH - MARGIN, y: MARGIN + 4 }, locale);
  drawAdvertisement(sheet, { left: LEFT, y: MARGIN }, locale);
  let y = MARGIN + 68;
  const bold = { size: 46, weight: "bold", fill: PALETTE.ink } as const;
  for (const line of headlineOf(picture)) {
    const place = { x: LEFT, top: y, widthMax: CONTENT, leading: 62, linesMax: 2 };
    y = sheet.paragraph(line, bold, place);
  }
  if (picture.state !== "ended") drawFigure(sheet, picture);
  const soft = { size: 22, weight: "regular", fill: PALETTE.soft } as const;
  const { insuranceParts } = commonMessages(locale);
  const waiting = insuranceParts.waiting(picture.waitingDays);
  const law = [
    `${insuranceParts.kind}${locale === "en" ? ", " : "，"}${waiting}`,
    insurer.name,
    insurer.productName,
    picturesMessages(locale).filing(insurer.filingNo),
  ];
  for (const [index, line] of law.entries()) {
    const baseline = HEIGHT - MARGIN - 4 - (law.length - 1 - index) * 32;
    sheet.text(line, soft, { x: LEFT, baseline, widthMax: CONTENT });
  }
  return sheet;
}

/** Stands on the law's lines, whatever the headline's length. */
function drawFigure(sheet: Sheet, picture: PolicyPicture): void {
  const baseline = HEIGHT - MARGIN - 156;
  const figure = sheet.text(
    formatYuan(picture.coverYuan),
    { size: 78, weight: "bold", fill: PALETTE.ink },
    { x: LEFT, baseline, widthMax: CONTENT },
  );
  const [what = "", howMany = ""] = picturesMessages(picture.locale).figure(
    picture.unitsMax,
    picture.units,
  );
  const soft = { size: 24, weight: "regular", fill: PALETTE.soft } as const;
  const x = figure.right + 20;
  const widthMax = WIDTH - MARGIN - x;
  sheet.text(what, soft, { x, baseline: baseline - 32, widthMax });
  sheet.text(howMany, soft, { x, baseline, widthMax });
}
