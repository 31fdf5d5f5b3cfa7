/**
 * Fills `{name}` in a template an island got as a prop, for words that depend on what happens in
 * the browser. An unknown name stays as it is, which a reader notices and a test finds.
 */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
