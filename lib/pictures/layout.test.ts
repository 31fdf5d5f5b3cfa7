/** Nothing leaves its place: every text of every picture, with the longest that can come. */
import { describe, expect, test } from "vitest";
import { drawSheet } from "./draw-picture";
import type { Box } from "./sheet";
import { CERTIFICATE, POLICY } from "./testing/samples";
import { openTypesetter } from "./typesetter";
import type { AnyPicture, PolicyPicture } from "./views";

const typesetter = await openTypesetter();

const NAMES = ["犇", "阿卜杜热合曼", "Wilhelmina M", "WWWWWWWWWWWW", "𠮷".repeat(29)];
const STATES = ["open", "full", "closed", "ended"] as const;

const policies: PolicyPicture[] = (["zh-CN", "en"] as const).flatMap((locale) =>
  STATES.flatMap((state) =>
    NAMES.map((askerName, index) => ({
      ...POLICY,
      locale,
      state,
      askerName,
      isFaceShown: index % 2 === 0,
      units: state === "full" ? 100 : 37,
      coverYuan: state === "ended" ? 0 : state === "full" ? 100_000 : 37_000,
      collectingDaysLeft: state === "open" ? 30 : null,
      shortCode: index % 3 === 0 ? null : POLICY.shortCode,
    })),
  ),
);

const certificates = [
  CERTIFICATE,
  { ...CERTIFICATE, name: null, url: null, lines: [], score: 0 },
  {
    ...CERTIFICATE,
    locale: "en" as const,
    name: "Wilhelmina Maximiliane von Example",
    title: "The neighbour who always carries a second umbrella for the rain",
    score: 9_999,
    lines: Array.from({ length: 6 }, (_, index) => ({
      label: `Lit one thousand two hundred cells for ${index} different friends`,
      points: 1_234,
    })),
  },
];

const pictures: AnyPicture[] = [
  ...policies.flatMap((picture) =>
    (["poster", "card", "thumb"] as const).map((kind) => ({ kind, picture })),
  ),
  ...certificates.map((picture) => ({ kind: "certificate" as const, picture })),
];
const titleOf = ({ kind, picture }: AnyPicture) =>
  "askerName" in picture
    ? `${kind} ${picture.locale} ${picture.state} ${picture.askerName}`
    : `${kind} ${picture.locale} ${picture.name}`;
const cases = pictures.map((picture): [string, AnyPicture] => [titleOf(picture), picture]);

const MARGIN = { poster: 48, card: 60, thumb: 26, certificate: 84 };

/** A hair: widths are sums of fractions. */
const HAIR = 0.5;

function overlaps(one: Box, other: Box): boolean {
  return (
    one.left < other.right - HAIR &&
    other.left < one.right - HAIR &&
    one.top < other.bottom - HAIR &&
    other.top < one.bottom - HAIR
  );
}

describe("the layout", () => {
  test.each(cases)("%s stays inside its margins, and no two texts touch", (_title, picture) => {
    const sheet = drawSheet(picture, typesetter);
    const margin = MARGIN[picture.kind];
    for (const [index, box] of sheet.boxes.entries()) {
      expect(box.left, box.text).toBeGreaterThanOrEqual(margin - HAIR);
      expect(box.right, box.text).toBeLessThanOrEqual(sheet.width - margin + HAIR);
      expect(box.top, box.text).toBeGreaterThanOrEqual(40);
      expect(box.bottom, box.text).toBeLessThanOrEqual(sheet.height - 30);
      const touched = sheet.boxes.slice(index + 1).filter((other) => overlaps(box, other));
      expect(touched.map(({ text }) => `${box.text} × ${text}`)).toEqual([]);
    }
  });

  test.each(cases.filter(([, { kind }]) => kind === "poster" || kind === "card"))(
    "R44: %s says in full what the law wants",
    (_title, { kind, picture }) => {
      const sheet = drawSheet({ kind, picture } as AnyPicture, typesetter);
      const { insurer, locale } = picture as PolicyPicture;
      const said = sheet.boxes.map(({ text }) => text).join("\n");
      const law = [
        locale === "en" ? "Advertisement" : "广告",
        locale === "en"
          ? "Insurance product, 90-day waiting period, see the terms"
          : "保险产品，等待期 90 天，详见条款",
        insurer.name,
        insurer.productName,
        insurer.filingNo,
      ];
      expect(law.filter((part) => !said.includes(part))).toEqual([]);
      // A law in tiny letters is none: 15 px of 750 are 7.5 on the phone.
      const sizes = sheet.boxes.filter(({ text }) => law.includes(text)).map(({ size }) => size);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(15);
    },
  );

  test("only a name that is too wide for any line is cut", () => {
    const isOrdinary = ({ picture }: AnyPicture) =>
      "askerName" in picture && typesetter.setLine(picture.askerName, "bold").widthEm <= 8;
    const cut = cases
      .filter(([, picture]) => isOrdinary(picture))
      .flatMap(([title, picture]) =>
        drawSheet(picture, typesetter)
          .boxes.filter(({ text }) => text.includes("…"))
          .map(({ text }) => `${title}: ${text}`),
      );
    expect(cut).toEqual([]);
  });

  test("R42: without the insured's consent no face is drawn", () => {
    const textsOf = (isFaceShown: boolean) =>
      drawSheet({ kind: "poster", picture: { ...POLICY, isFaceShown } }, typesetter)
        .boxes.map(({ text }) => text)
        .filter((text) => text === "小");
    expect(textsOf(true)).toEqual(["小"]);
    expect(textsOf(false)).toEqual([]);
    for (const kind of ["card", "thumb"] as const) {
      const sheet = drawSheet({ kind, picture: POLICY }, typesetter);
      expect(sheet.boxes.map(({ text }) => text)).not.toContain("小");
    }
  });
});
