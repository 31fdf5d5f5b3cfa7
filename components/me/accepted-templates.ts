/**
 * Which templates the person has accepted, from the open tag's `success`: JSON in a string, where each
 * template's answer is JSON in a string once more. Anything else is no consent. Pure.
 */
export function readAccepted(detail: unknown, templates: readonly string[]): string[] {
  const details = read((detail as { subscribeDetails?: unknown } | null)?.subscribeDetails);
  return templates.filter((id) => read(details[id]).status === "accept");
}

function read(value: unknown): Record<string, unknown> {
  try {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
