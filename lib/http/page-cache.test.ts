import { describe, expect, it } from "vitest";
import { createPageCache, type RenderedPage, withNonce } from "./page-cache";

function setup() {
  let ms = 1_000_000;
  let renders = 0;
  const cache = createPageCache(() => new Date(ms));
  const render = async (): Promise<RenderedPage> => {
    renders += 1;
    return { status: 200, html: `<p>${renders}</p>`, nonce: "n" };
  };
  return { cache, render, advance: (by: number) => (ms += by), renders: () => renders };
}

describe("page cache", () => {
  it("renders once for a hundred who ask at the same time", async () => {
    const { cache, render, renders } = setup();
    await Promise.all(Array.from({ length: 100 }, () => cache.get("/p/a|zh-CN", render)));
    expect(renders()).toBe(1);
  });

  it("renders again after two seconds, when the clock was set back, and for another language", async () => {
    const { cache, render, renders, advance } = setup();
    await cache.get("/p/a|zh-CN", render);
    advance(1_999);
    await cache.get("/p/a|zh-CN", render);
    expect(renders()).toBe(1);
    advance(1);
    await cache.get("/p/a|zh-CN", render);
    advance(-60_000);
    await cache.get("/p/a|zh-CN", render);
    await cache.get("/p/a|en", render);
    expect(renders()).toBe(4);
  });

  it("does not keep a failure or a page that is not there", async () => {
    const { cache, render, renders } = setup();
    await expect(cache.get("/p/x", () => Promise.reject(new Error("down")))).rejects.toThrow();
    await cache.get("/p/x", async () => ({ status: 404, html: "", nonce: "n" }));
    await cache.get("/p/x", render);
    expect(renders()).toBe(1);
  });

  it("puts the new nonce in every place of the old one", () => {
    const page = { status: 200, html: '<a nonce="Zx1+/="><b nonce="Zx1+/=">', nonce: "Zx1+/=" };
    expect(withNonce(page, "new")).toBe('<a nonce="new"><b nonce="new">');
  });
});
