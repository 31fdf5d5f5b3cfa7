/** Unique, valid, minimal inputs. Nothing is shared between two calls. */
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import { getCurrentPlan } from "@/lib/plans/queries";
import type { CreateApplication } from "@/lib/policies/contract";
import type { World } from "./world";

let count = 0;

function nextNumber(): number {
  count += 1;
  return count;
}

/** An idempotency key that no other call gets. */
export function newKey(): string {
  return `key-${process.pid}-${nextNumber()}`;
}

/** A valid resident ID number of somebody born on that day; ISO 7064 MOD 11-2 (R1). */
export function newIdNumber(bornOn = "1992-06-15"): string {
  const sequence = String(nextNumber() % 1_000).padStart(3, "0");
  const region = 110_100 + (Math.floor(count / 1_000) % 900);
  return withCheckMark(`${region}${bornOn.replaceAll("-", "")}${sequence}`);
}

export function withCheckMark(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + "10X98765432"[sum % 11];
}

/** A whole application as the form sends it, honest in every field. */
export async function newApplication(
  world: World,
  overrides: Partial<Record<keyof CreateApplication, unknown>> = {},
): Promise<Record<string, unknown>> {
  const plan = await getCurrentPlan(world.deps);
  return {
    name: "王小雨",
    idNumber: newIdNumber(),
    phone: "13800138000",
    planVersion: plan.version,
    healthAnswers: Object.fromEntries(HEALTH_QUESTIONS.map(({ id }) => [id, false])),
    documents: Object.fromEntries(plan.documents.map(({ kind, sha256 }) => [kind, sha256])),
    consents: { sensitiveData: true },
    ...overrides,
  };
}
