import { createHash } from "node:crypto";
import { HEALTH_QUESTIONS } from "./content/health-questions";

/** Which wording of the nine questions a person answered (R8); stored with every application. */
export const HEALTH_QUESTIONS_SHA256 = createHash("sha256")
  .update(JSON.stringify(HEALTH_QUESTIONS.map(({ id, text }) => [id, text["zh-CN"]])))
  .digest("hex");
