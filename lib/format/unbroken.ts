/** A phone number whose hyphens do not end a line: shown with the non-breaking hyphen. Pure. */
export function unbroken(text: string): string {
  return text.replaceAll("-", "\u2011");
}
