/**
 * Everything random of a run comes from its seed. Each part draws from a stream of its own, named
 * by what it decides, so that one more draw in one place does not change all the others.
 */
export interface Random {
  /** A stream of its own: the same name gives the same stream, whatever was drawn before. */
  fork(name: string): Random;
  /** In [0, 1). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  /** @throws Error for an empty list. */
  pick<Item>(list: readonly Item[]): Item;
  /** One of the names, each as likely as its weight says. */
  choose<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  shuffle<Item>(list: readonly Item[]): Item[];
  /** Letters and digits. */
  text(length: number): string;
}

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function createRandom(seed: string): Random {
  const next = mulberry32(hash(seed));
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    fork: (name) => createRandom(`${seed}/${name}`),
    next,
    between,
    chance: (probability) => next() < probability,
    pick<Item>(list: readonly Item[]) {
      if (list.length === 0) throw new Error(`${seed}: nothing to pick from`);
      return list[between(0, list.length - 1)] as Item;
    },
    choose<Name extends string>(weights: Readonly<Record<Name, number>>) {
      const entries = Object.entries<number>(weights) as [Name, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      return (entries.at(-1) as [Name, number])[0];
    },
    shuffle<Item>(list: readonly Item[]) {
      const result = [...list];
      for (let end = result.length - 1; end > 0; end -= 1) {
        const other = between(0, end);
        [result[end], result[other]] = [result[other] as Item, result[end] as Item];
      }
      return result;
    },
    text: (length) =>
      Array.from({ length }, () => LETTERS[between(0, LETTERS.length - 1)]).join(""),
  };
}

/** FNV-1a, with a last stir so that neighbouring seeds do not begin alike. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

/** A small generator with a period of 2^32: plenty for one run. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
