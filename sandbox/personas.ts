import { createHash } from "node:crypto";
import { randomAlphanumeric } from "./random";
import type { Sandbox } from "./sandbox";
import type { Persona } from "./state";

/** WeChat's limit for a nickname is 20 Chinese characters; more is somebody's mistake. */
const NICKNAME_CHARACTERS_MAX = 32;

/** Users of one account share the beginning of their openid; 28 characters in all. */
function createOpenid(sandbox: Sandbox): string {
  const stem = createHash("sha256").update(sandbox.keys.appId).digest("base64url").slice(0, 5);
  return `o${stem}${randomAlphanumeric(22)}`;
}

/** Null when the nickname is empty or too long. */
export function parseNickname(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const nickname = value.trim();
  return nickname && [...nickname].length <= NICKNAME_CHARACTERS_MAX ? nickname : null;
}

/** Adds an invented WeChat user. An existing openid keeps its person and takes the new nickname. */
export function createPersona(
  sandbox: Sandbox,
  values: { nickname: string; openid?: string; isSnapshotUser?: boolean },
): Persona {
  const known = values.openid ? sandbox.state.personas.get(values.openid) : undefined;
  const persona: Persona = known ?? {
    openid: values.openid ?? createOpenid(sandbox),
    unionid: `o6_${randomAlphanumeric(25)}`,
    nickname: values.nickname,
    isSnapshotUser: values.isSnapshotUser ?? false,
    createdAtMs: sandbox.clock.now(),
  };
  persona.nickname = values.nickname;
  sandbox.state.personas.set(persona.openid, persona);
  sandbox.touch();
  return persona;
}
