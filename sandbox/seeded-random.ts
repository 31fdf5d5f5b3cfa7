/**
 * One step of mulberry32, a generator whose whole memory is one 32-bit number: it can be saved with
 * the books and goes on after a restart where it stopped. For chaos only, never for secrets.
 */
export function stepSeededRandom(memory: number): { memory: number; value: number } {
  const next = (memory + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { memory: next, value: ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 };
}

/** A memory of its own for every name, so that what happens to one does not shift another's luck. */
export function createSeededMemory(seed: number, name: string): number {
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5 ^ seed;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash | 0;
}
