import { describe, expect, test } from "vitest";
import { PictureStore } from "./picture-store";

const BOUNDS = { bytesMax: 1_000, rendersMax: 2, waitingMax: 3 };

/** A drawing that ends when told to. */
function heldDrawing() {
  let started = 0;
  let finish = () => {};
  let fail = () => {};
  const held = new Promise<Buffer>((resolve, reject) => {
    finish = () => resolve(Buffer.alloc(100));
    fail = () => reject(new Error("no ink"));
  });
  return {
    draw: () => {
      started += 1;
      return held;
    },
    finish: () => finish(),
    fail: () => fail(),
    get started() {
      return started;
    },
  };
}
/** Lets everything run that only waits for promises. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("the store of pictures", () => {
  test("draws a picture once, however many ask while it is drawn or later", async () => {
    const store = new PictureStore(BOUNDS);
    const drawing = heldDrawing();
    const asked = Array.from({ length: 50 }, () => store.get("a", drawing.draw));
    drawing.finish();
    const [first, ...others] = await Promise.all(asked);
    expect(others.every((other) => other === first)).toBe(true);
    expect(await store.get("a", drawing.draw)).toBe(first);
    expect(drawing.started).toBe(1);
  });

  test("keeps no more bytes than its bound, and forgets what was used longest ago", async () => {
    const store = new PictureStore(BOUNDS);
    let drawn = 0;
    const draw = async () => {
      drawn += 1;
      return Buffer.alloc(300);
    };
    for (const hash of ["a", "b", "c"]) await store.get(hash, draw);
    await store.get("a", draw);
    await store.get("d", draw);
    expect(store.bytes).toBe(900);
    expect(drawn).toBe(4);
    await store.get("a", draw);
    expect(drawn).toBe(4);
    await store.get("b", draw);
    expect(drawn).toBe(5);
    for (let index = 0; index < 200; index++) {
      await store.get(`more ${index}`, draw);
      expect(store.bytes).toBeLessThanOrEqual(BOUNDS.bytesMax);
    }
    await store.get("larger than all", async () => Buffer.alloc(2_000));
    expect(store.bytes).toBeLessThanOrEqual(BOUNDS.bytesMax);
  });

  test("draws two at once, lets three wait, and tells the next to come back", async () => {
    const store = new PictureStore(BOUNDS);
    const drawings = Array.from({ length: 6 }, () => heldDrawing());
    const asked = drawings.map((drawing, index) => store.get(`${index}`, drawing.draw));
    const refused = expect(asked[5]).rejects.toMatchObject({
      code: "unavailable",
      retryAfterSeconds: 3,
    });
    await settle();
    expect(drawings.map(({ started }) => started)).toEqual([1, 1, 0, 0, 0, 0]);
    await refused;
    drawings[1]?.finish();
    await settle();
    expect(drawings.map(({ started }) => started)).toEqual([1, 1, 1, 0, 0, 0]);
    for (const drawing of drawings) drawing.finish();
    await Promise.all(asked.slice(0, 5));
    expect((await store.get("5", async () => Buffer.alloc(1))).byteLength).toBe(1);
  });

  test("a drawing that fails gives its place on and is tried again", async () => {
    const store = new PictureStore({ ...BOUNDS, rendersMax: 1 });
    const broken = heldDrawing();
    const failed = expect(store.get("a", broken.draw)).rejects.toThrow("no ink");
    const next = store.get("b", async () => Buffer.alloc(7));
    broken.fail();
    await failed;
    expect((await next).byteLength).toBe(7);
    expect((await store.get("a", async () => Buffer.alloc(5))).byteLength).toBe(5);
    expect(store.bytes).toBe(12);
  });
});
