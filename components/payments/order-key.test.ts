import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forgetOrderKey, orderKeyFor } from "./order-key";
import { EARLY_INTENT_SCRIPT, recordIntent, takeIntent } from "./pay-intent";

/** The part of the browser's storage that the modules use. */
function installStorage(): void {
  const values = new Map<string, string>();
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (name: string) => values.get(name) ?? null,
      setItem: (name: string, value: string) => void values.set(name, value),
      removeItem: (name: string) => void values.delete(name),
    },
  });
}

beforeEach(installStorage);
afterEach(() => void Reflect.deleteProperty(globalThis, "sessionStorage"));

describe("orderKeyFor", () => {
  test("a reload or a double tap sends the same key", () => {
    expect(orderKeyFor("code", "{}")).toBe(orderKeyFor("code", "{}"));
  });

  test("another policy, other words or a definite end make another key", () => {
    const key = orderKeyFor("code", "{}");
    expect(orderKeyFor("other", "{}")).not.toBe(key);
    expect(orderKeyFor("code", '{"message":"加油"}')).not.toBe(key);
    const last = orderKeyFor("code", "{}");
    forgetOrderKey("code");
    expect(orderKeyFor("code", "{}")).not.toBe(last);
  });

  test("the server accepts its form", () => {
    expect(orderKeyFor("code", "{}")).toMatch(/^[0-9A-Za-z_-]{8,64}$/);
  });

  test("without storage there is still a key", () => {
    Reflect.deleteProperty(globalThis, "sessionStorage");
    expect(orderKeyFor("code", "{}")).toHaveLength(32);
    expect(() => forgetOrderKey("code")).not.toThrow();
  });
});

describe("a tap that went through the login", () => {
  test("continues once, and not a second time", () => {
    recordIntent("code", { message: "加油", anonymous: true });
    expect(takeIntent("other")).toBeNull();
    expect(takeIntent("code")).toMatchObject({ message: "加油", anonymous: true });
    expect(takeIntent("code")).toBeNull();
  });

  test("is forgotten after ten minutes", () => {
    const atMs = Date.now() - 10 * 60 * 1000 - 1;
    sessionStorage.setItem(
      "pay-intent:code",
      JSON.stringify({ message: "", anonymous: false, atMs }),
    );
    expect(takeIntent("code")).toBeNull();
  });

  test("before hydration the inline script records the same thing", () => {
    const listeners: ((event: unknown) => void)[] = [];
    const listen = (_type: string, listener: (event: unknown) => void) => listeners.push(listener);
    new Function("addEventListener", EARLY_INTENT_SCRIPT)(listen);
    const fields: Record<string, unknown> = {
      textarea: { value: "早点好起来" },
      "[type=checkbox]": { checked: true },
    };
    listeners[0]?.({
      defaultPrevented: false,
      target: { dataset: { payIntent: "code" }, querySelector: (name: string) => fields[name] },
    });
    expect(takeIntent("code")).toMatchObject({ message: "早点好起来", anonymous: true });
  });
});
