export interface BookIndex<Row> {
  /** The row with this number, or null. */
  find(book: Map<string, Row>, number: string): Row | null;
  /** Tells the index that a row is new or has just got its number. */
  add(book: Map<string, Row>, row: Row): void;
}

/**
 * Finds rows of a book by a number that is not the book's key, in one step instead of a walk through
 * tens of thousands. Built from the book on first use, so it need not be saved; a reset brings a new
 * book and with it a new index.
 */
export function createBookIndex<Row>(readNumber: (row: Row) => string | null): BookIndex<Row> {
  const indexes = new WeakMap<Map<string, Row>, Map<string, Row>>();

  function open(book: Map<string, Row>): Map<string, Row> {
    const known = indexes.get(book);
    if (known) return known;
    const index = new Map<string, Row>();
    for (const row of book.values()) {
      const number = readNumber(row);
      if (number !== null) index.set(number, row);
    }
    indexes.set(book, index);
    return index;
  }

  return {
    find: (book, number) => open(book).get(number) ?? null,
    add(book, row) {
      const number = readNumber(row);
      if (number !== null) open(book).set(number, row);
    },
  };
}
