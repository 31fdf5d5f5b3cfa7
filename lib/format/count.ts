/** Counts as people read them: 1234567 → `1,234,567`. Pure. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
