/** What pages and pictures show of an appraisal; plain data. */
import type { PublicAppraisal } from "./contract";

/** `/p/[code]/appraisal`. */
export interface SharedAppraisal {
  code: string;
  /** What friends call the insured; never the full name. */
  askerName: string;
  /** The viewer is the insured himself, who may look whatever others may. */
  isOwn: boolean;
  isVisible: boolean;
  appraisal: PublicAppraisal;
}
