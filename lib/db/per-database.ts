/** One of something for each database, made on first use; it goes with the database. */
export function perDatabase<Database extends object, Made>(
  make: (db: Database) => Made,
): (db: Database) => Made {
  const made = new WeakMap<Database, Made>();
  return (db) => {
    const known = made.get(db) ?? make(db);
    made.set(db, known);
    return known;
  };
}
