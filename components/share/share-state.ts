import type { PublicPolicy } from "@/lib/policies/contract";
import type { SharePage } from "@/lib/policies/views";

/** Why a page has no pay button, or `open`. Reasons about the viewer come from the browser. */
export type ShareState =
  | "open"
  | "own_policy"
  | "already_supported"
  | "policy_not_open"
  | "collecting_closed"
  | "cap_reached"
  | "ended";

/** What is known without knowing the viewer. Pure. */
export function decideShareState(page: SharePage): ShareState {
  if (page.status === "ended") return "ended";
  if (page.status === "pending_payment") return "policy_not_open";
  if (page.units >= page.unitsMax) return "cap_reached";
  if (page.collectingDaysLeft === null) return "collecting_closed";
  return page.nextUnit === null ? "policy_not_open" : "open";
}

/** The same with the viewer known. Pure. */
export function decideViewerState(policy: PublicPolicy): ShareState {
  if (policy.viewer.reason === "own_policy") return "own_policy";
  if (policy.viewer.reason === "already_supported") return "already_supported";
  if (policy.status === "ended") return "ended";
  // A full policy is a joy to say even after its window has closed.
  if (policy.units >= policy.unitsMax) return "cap_reached";
  return policy.viewer.canSupport ? "open" : (policy.viewer.reason ?? "policy_not_open");
}

/** A refusal of `POST contributions` that changes what the page offers; null for passing trouble. */
export function findRefusalState(code: string): ShareState | null {
  switch (code) {
    case "own_policy":
    case "already_supported":
    case "policy_not_open":
    case "collecting_closed":
    case "cap_reached":
      return code;
    default:
      return null;
  }
}
