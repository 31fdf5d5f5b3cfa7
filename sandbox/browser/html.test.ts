import { describe, expect, test } from "vitest";
import { escapeHtml, html, serializeForScript, trusted } from "./html";

describe("html", () => {
  test("interpolated text cannot open a tag or leave an attribute", () => {
    const hostile = `"><script>alert('1')</script>&`;
    expect(html`<a title="${hostile}">${hostile}</a>`.markup).toBe(
      `<a title="${escapeHtml(hostile)}">${escapeHtml(hostile)}</a>`,
    );
    expect(escapeHtml(hostile)).toBe(
      "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;",
    );
  });

  test("nested markup is inserted once, without a second escape", () => {
    const items = ["a&b", "c"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>${trusted("<hr>")}${7}`.markup).toBe(
      "<ul><li>a&amp;b</li><li>c</li></ul><hr>7",
    );
  });

  test("the first part is kept when the template starts with a value", () => {
    expect(html`${"x"}y`.markup).toBe("xy");
    expect(html`plain`.markup).toBe("plain");
  });
});

test("data inside a script can neither close the element nor end a string", () => {
  const value = { text: "</script><!--\u2028\u2029" };
  const serialized = serializeForScript(value);
  expect(serialized).not.toMatch(/[<\u2028\u2029]/);
  expect(JSON.parse(serialized)).toEqual(value);
});
