import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { resolveDifference } from "./differences";

/** A sentence a colleague understands a year later, and no novel. */
const NOTE_LENGTH_MAX = 1_000;

/**
 * Closes an open difference by a person's words. No money moves; the day balances at its next run
 * when nothing else is open.
 *
 * @throws DomainError not_found (also when it is no longer open), invalid_input for an empty note.
 */
export async function explainDifference(
  deps: Pick<Deps, "db" | "now">,
  { id, note }: { id: string; note: string },
): Promise<void> {
  const resolution = note.trim();
  if (resolution.length === 0 || resolution.length > NOTE_LENGTH_MAX) {
    throw new DomainError("invalid_input");
  }
  const isClosed = await resolveDifference(deps, id, { state: "explained", resolution });
  if (!isClosed) throw new DomainError("not_found");
}
