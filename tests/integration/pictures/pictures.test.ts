/** Posters, cards and certificates over HTTP: who gets which, and how often they are drawn. */
import jsQR from "jsqr";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "@/lib/http/limits";
import { findPictureUrls } from "@/lib/pictures/picture-url";
import { findPolicyPicture } from "@/lib/pictures/queries";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import {
  applyAndPay,
  applyFor,
  call,
  cookieOf,
  friendPays,
  type InsuredPolicy,
  newPerson,
  type Person,
} from "@/tests/support/world-story";

let world: World;
let policy: InsuredPolicy;
beforeAll(async () => {
  world = await startWorld();
  policy = await applyAndPay(world, { name: "王㛃𠮷" });
  await friendPays(world, policy.code);
});
afterAll(async () => {
  expect(internalErrors(world)).toEqual([]);
  await world.close();
});

interface Picture {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

async function fetchPicture(
  path: string,
  options: { as?: Person; headers?: Record<string, string> } = {},
): Promise<Picture> {
  const response = await fetch(world.url + path, {
    headers: { ...(options.as && { cookie: cookieOf(world, options.as) }), ...options.headers },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
}
const pictureOf = (kind: string, code = policy.code) => `/api/policies/${code}/${kind}`;
const setProfile = (body: Record<string, boolean>) =>
  call(world, "POST", "/api/me/profile", { as: policy.owner, key: null, body });

describe("the pictures of a policy", () => {
  test.each([
    ["poster", 750, "private, no-cache"],
    ["card", 1200, "public, max-age=60"],
    ["thumb", 300, "public, max-age=60"],
  ])("a guest gets the %s, %i px wide, as a PNG of its own hash", async (kind, width, caching) => {
    const { status, headers, bytes } = await fetchPicture(pictureOf(kind));
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("image/png");
    expect(headers.get("cache-control")).toBe(caching);
    expect(headers.get("content-length")).toBe(`${bytes.byteLength}`);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width });
  });

  test("who has it already gets 304 until a cell is added, in each language apart", async () => {
    const first = await fetchPicture(pictureOf("poster"));
    const etag = first.headers.get("etag") ?? "";
    const again = (known: string, path = pictureOf("poster")) =>
      fetchPicture(path, { headers: { "if-none-match": known } });
    expect(await again(`"other", W/${etag}`)).toMatchObject({
      status: 304,
      bytes: Buffer.alloc(0),
    });
    expect((await again(etag)).headers.get("etag")).toBe(etag);
    expect((await again(etag, `${pictureOf("poster")}?lang=en`)).status).toBe(200);
    await friendPays(world, policy.code);
    const newer = await again(etag);
    expect(newer.status).toBe(200);
    expect(newer.headers.get("etag")).not.toBe(etag);
    expect(newer.bytes.equals(first.bytes)).toBe(false);
  });

  test("the addresses that pages write change with each cell, and answer", async () => {
    const question = { code: policy.code, locale: "zh-CN" } as const;
    const before = await findPictureUrls(world.deps, question);
    await friendPays(world, policy.code);
    const after = await findPictureUrls(world.deps, question);
    for (const kind of ["poster", "card", "thumb"] as const) {
      expect(after?.[kind]).toContain(`${world.url}/api/policies/${policy.code}/${kind}?`);
      expect(after?.[kind]).not.toBe(before?.[kind]);
      expect((await fetch(after?.[kind] ?? "")).status).toBe(200);
    }
  });

  test("the poster's code leads to the shared page", async () => {
    const { bytes } = await fetchPicture(pictureOf("poster"));
    const { data, info } = await sharp(bytes)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const code = jsQR(new Uint8ClampedArray(data), info.width, info.height);
    expect(code?.data).toBe(`${world.url}/p/${policy.code}`);
  });

  test.each(["poster", "card", "thumb"])(
    "no %s of an unknown or an unpaid policy",
    async (kind) => {
      const applicant = await newPerson(world, "还没付款");
      const applied = await applyFor(world, applicant);
      const unknown = "A".repeat(22);
      for (const code of [unknown, "nonsense", applied.json.policyCode]) {
        const { status, headers } = await fetchPicture(pictureOf(kind, code));
        expect({ code, status }).toEqual({ code, status: 404 });
        expect(headers.get("cache-control")).toBe("private, no-store");
      }
      const own = await fetchPicture(pictureOf(kind, applied.json.policyCode), { as: applicant });
      expect(own.status).toBe(404);
    },
  );

  test("R42: a face only while its owner agrees, and gone at once", async () => {
    const etagOf = async () => (await fetchPicture(pictureOf("poster"))).headers.get("etag");
    const faceless = await etagOf();
    expect((await findPolicyPicture(world.deps, asked()))?.isFaceShown).toBe(false);
    expect((await setProfile({ isFaceOnPoster: true })).status).toBe(200);
    expect((await findPolicyPicture(world.deps, asked()))?.isFaceShown).toBe(true);
    const withFace = await etagOf();
    expect(withFace).not.toBe(faceless);
    expect((await setProfile({ isFaceOnPoster: false })).status).toBe(200);
    const kept = await fetchPicture(pictureOf("poster"), {
      headers: { "if-none-match": withFace ?? "" },
    });
    expect(kept.status).toBe(200);
    expect(await etagOf()).toBe(faceless);
  });

  test("R42: nothing of the full name, the ID or a friend is in what is drawn", async () => {
    const picture = JSON.stringify(await findPolicyPicture(world.deps, asked()));
    expect(picture).toContain("㛃𠮷");
    for (const secret of [
      "王㛃",
      "13800138000",
      "小明",
      policy.owner.userId,
      policy.owner.openid,
    ]) {
      expect(picture).not.toContain(secret);
    }
  });

  test("a crowd that opens the same poster has it drawn once", async () => {
    await friendPays(world, policy.code);
    const bytesBefore = world.deps.pictures.bytes;
    const crowd = await Promise.all(
      Array.from({ length: 60 }, () => fetchPicture(pictureOf("poster"))),
    );
    expect(new Set(crowd.map(({ status }) => status))).toEqual(new Set([200]));
    const grown = world.deps.pictures.bytes - bytesBefore;
    expect(grown).toBe(crowd[0]?.bytes.byteLength);
  });

  test("more different ones than may wait: 503 and when to come back, and later they are there", async () => {
    const { rendersMax, waitingMax } = world.deps.pictures.bounds;
    const release: (() => void)[] = [];
    const busy = Array.from({ length: rendersMax + waitingMax }, (_, index) =>
      world.deps.pictures.get(`busy ${index}`, async () => {
        await new Promise<void>((resolve) => release.push(resolve));
        return Buffer.alloc(1);
      }),
    );
    await friendPays(world, policy.code);
    const refused = await fetchPicture(pictureOf("poster"));
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("3");
    while (release.length > 0) {
      for (const open of release.splice(0)) open();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(busy);
    expect((await fetchPicture(pictureOf("poster"))).status).toBe(200);
  });

  test("R43: a certificate is one's own, and others' only when they let it be seen", async () => {
    const shared = pictureOf("appraisal/certificate");
    const mine = "/api/me/appraisal/certificate";
    expect((await fetchPicture(mine)).status).toBe(401);
    const own = await fetchPicture(mine, { as: policy.owner });
    expect(own.status).toBe(200);
    expect(await sharp(own.bytes).metadata()).toMatchObject({ format: "png", width: 750 });
    expect((await fetchPicture(shared)).status).toBe(404);
    await setProfile({ isAppraisalVisible: true });
    const seen = await fetchPicture(shared);
    expect(seen.status).toBe(200);
    expect(seen.headers.get("cache-control")).toBe("private, no-cache");
    await setProfile({ isAppraisalVisible: false });
    const etag = seen.headers.get("etag") ?? "";
    const revoked = await fetchPicture(shared, { headers: { "if-none-match": etag } });
    expect(revoked.status).toBe(404);
  });

  test("a wrong language is told as such, and an address that hammers has to wait", async () => {
    expect((await fetchPicture(`${pictureOf("card")}?lang=fr`)).status).toBe(422);
    // Emptied a minute from now, so that nothing flows back while this test asks.
    const laterMs = Date.now() + 60_000;
    const take = () => world.deps.limiter.take(LIMITS.picturePerAddress, "127.0.0.1", laterMs);
    for (let left = LIMITS.picturePerAddress.count; left > 0 && take() === 0; left--);
    expect(take()).toBeGreaterThan(0);
    expect((await fetchPicture(pictureOf("thumb"))).status).toBe(429);
  });
});

function asked() {
  return { code: policy.code, locale: "zh-CN" } as const;
}
