/**
 * The only way the sandbox's pages make HTML: a tagged template that escapes whatever is
 * interpolated, so that a nickname or an order description can never become markup.
 */

/** Markup that may be inserted as it is, because `html` or `trusted` made it. */
export type Html = { readonly markup: string };

type Interpolation = Html | string | number | readonly Html[];

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for an HTML text node or a quoted attribute value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Marks our own constant text (a stylesheet, a script from `assets/`) as markup. Never for data. */
export function trusted(markup: string): Html {
  return { markup };
}

/** Template tag: literal parts stay, interpolated strings and numbers are escaped. */
export function html(parts: TemplateStringsArray, ...values: Interpolation[]): Html {
  const markup = parts.reduce(
    (before, part, index) => before + renderInterpolation(values[index - 1] ?? "") + part,
  );
  return { markup };
}

function renderInterpolation(value: Interpolation): string {
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  if ("markup" in value) return value.markup;
  return value.map((item) => item.markup).join("");
}

/**
 * JSON that is safe inside a `<script>` element and as a JavaScript expression: `<` cannot close
 * the element and the two line separators cannot end a string in old engines.
 */
export function serializeForScript(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
