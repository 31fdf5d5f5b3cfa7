/** The pictures as they arrive: decoded from the PNG, looked at where something must stand. */
import jsQR from "jsqr";
import sharp, { type Sharp } from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { drawPicture } from "./draw-picture";
import { PALETTE } from "./palette";
import { CERTIFICATE, POLICY } from "./testing/samples";
import type { AnyPicture } from "./views";

interface Pixels {
  width: number;
  height: number;
  colourAt(x: number, y: number): string;
  /** Whether any pixel of the rectangle is of another colour than paper. */
  isInked(left: number, top: number, right: number, bottom: number): boolean;
}

async function decode(png: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colourAt = (x: number, y: number) =>
    `#${data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3).toString("hex")}`;
  return {
    width: info.width,
    height: info.height,
    colourAt,
    isInked(left, top, right, bottom) {
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) if (colourAt(x, y) !== PALETTE.paper) return true;
      return false;
    },
  };
}

async function readQr(picture: Buffer): Promise<string | null> {
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? null;
}

const LONG_HOST = "https://huzhu.hudong.shili-renshou-baoxian.example.com.cn";

describe("the poster", () => {
  let png: Buffer;
  let pixels: Pixels;
  beforeAll(async () => {
    png = await drawPicture({ kind: "poster", picture: POLICY });
    pixels = await decode(png);
  });

  test("is 750 px wide and has nothing in its margins", () => {
    expect(pixels.width).toBe(750);
    expect(pixels.height).toBeGreaterThan(1_300);
    expect(pixels.height).toBeLessThan(1_700);
    expect(pixels.isInked(0, 0, 46, pixels.height)).toBe(false);
    expect(pixels.isInked(704, 0, 750, pixels.height)).toBe(false);
    expect(pixels.isInked(0, 0, 750, 40)).toBe(false);
    expect(pixels.isInked(0, pixels.height - 32, 750, pixels.height)).toBe(false);
  });

  test("shows each cell in its place and state", () => {
    // The grid begins 332 px from the top; a step is 53.9 px, and a corner is not yet text.
    const cellAt = (seq: number) => {
      const step = (530 / 118) * 12;
      const x = 48 + ((seq - 1) % 10) * step + 10;
      const y = 332 + Math.floor((seq - 1) / 10) * step + 8;
      return pixels.colourAt(Math.round(x), Math.round(y));
    };
    expect(cellAt(1)).toBe(PALETTE.mine);
    for (const seq of [2, 10, 11, 12]) expect(cellAt(seq), `${seq}`).toBe(PALETTE.coral);
    for (const seq of [13, 20, 36, 37]) expect(cellAt(seq), `${seq}`).toBe(PALETTE.wait);
    for (const seq of [38, 50, 91, 100]) expect(cellAt(seq), `${seq}`).toBe(PALETTE.paper);
  });

  test.each([
    ["as drawn", POLICY.url, (picture: Sharp) => picture.png()],
    ["half as wide, JPEG of quality 60", POLICY.url, recompress],
    ["with a long host, half as wide, JPEG", `${LONG_HOST}/p/DemoXiaoyu000000000037`, recompress],
  ])("its QR code is read %s", async (_how, url, change) => {
    const poster = await drawPicture({ kind: "poster", picture: { ...POLICY, url } });
    expect(await readQr(await change(sharp(poster)).toBuffer())).toBe(url);
  });

  function recompress(picture: Sharp): Sharp {
    return picture.resize({ width: 375 }).jpeg({ quality: 60 });
  }
});

test("the certificate's QR code is read, half as wide and as JPEG", async () => {
  const png = await drawPicture({ kind: "certificate", picture: CERTIFICATE });
  const jpeg = await sharp(png).resize({ width: 375 }).jpeg({ quality: 60 }).toBuffer();
  expect(await readQr(jpeg)).toBe(CERTIFICATE.url);
});

test.each([
  ["card", 1200, 630],
  ["thumb", 300, 300],
] as const)("the %s is %i × %i px", async (kind, width, height) => {
  const picture: AnyPicture = { kind, picture: POLICY };
  expect(await decode(await drawPicture(picture))).toMatchObject({ width, height });
});

test("two names that differ in one rare character are two pictures, each with ink in its place", async () => {
  const nameOf = async (askerName: string) => {
    const picture = { ...POLICY, askerName, isFaceShown: false };
    const png = await drawPicture({ kind: "poster", picture });
    const name = { left: 48, top: 48, width: 120, height: 44 };
    return sharp(png).extract(name).raw().toBuffer();
  };
  const [tu, shi, missing] = await Promise.all(["𠮷", "吉", "𪚥"].map(nameOf));
  expect(tu?.equals(shi as Buffer)).toBe(false);
  expect(tu?.equals(missing as Buffer)).toBe(false);
  expect(new Set(missing).size).toBeGreaterThan(3);
});
