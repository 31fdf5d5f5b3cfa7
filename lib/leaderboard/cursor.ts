/**
 * Where a page of a board ended. It names an instant and a policy of somebody else's, so the browser
 * that carries it cannot read it; and nobody else's key is worn out by it.
 */
import { createHmac } from "node:crypto";
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { createVault, type Vault } from "@/lib/identity/vault";
import type { BoardId } from "./contract";

/** The order of a board: most units first, then who was there first. */
export interface BoardKey {
  units: number;
  reachedAt: string;
  policyId: string;
}

/** Before everybody: a policy has at most a hundred units. */
export const BEFORE_ALL: BoardKey = { units: 101, reachedAt: "-infinity", policyId: "" };

type Secret = Pick<Deps, "config">;

export function sealCursor(deps: Secret, board: BoardId, key: BoardKey): string {
  const { units, reachedAt, policyId } = key;
  return vaultOf(deps).seal(JSON.stringify([units, reachedAt, policyId]), board);
}

/** @throws DomainError invalid_input for anything but a cursor of this board. */
export function openCursor(deps: Secret, board: BoardId, cursor: string): BoardKey {
  try {
    const [units, reachedAt, policyId] = JSON.parse(vaultOf(deps).open(cursor, board));
    return { units, reachedAt, policyId };
  } catch (cause) {
    const fields = [
      { name: "after", code: "invalid_format", reason: "not a cursor of this board" },
    ];
    throw new DomainError("invalid_input", { fields, cause });
  }
}

function vaultOf({ config }: Secret): Vault {
  const keyHex = createHmac("sha256", Buffer.from(config.sessionSecret, "hex"))
    .update("board cursor")
    .digest("hex");
  return createVault({ encryptionKeyHex: keyHex, indexKeyHex: keyHex });
}
