import { createHash } from "node:crypto";
import { randomAlphanumeric } from "./random";
import type { Sandbox } from "./sandbox";
import type { Persona, PersonaOrigin, SandboxState } from "./state";

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

/**
 * Adds an invented WeChat user, made by hand unless `origin` says otherwise. An existing openid keeps
 * its person, takes the new nickname and may become a principal, but a person made by hand stays one:
 * an app that tells the sandbox whom it knows names that person too.
 */
export function createPersona(
  sandbox: Sandbox,
  values: {
    nickname: string;
    openid?: string;
    isSnapshotUser?: boolean;
    origin?: PersonaOrigin;
  },
): Persona {
  const { origin = "hand" } = values;
  const known = values.openid ? sandbox.state.personas.get(values.openid) : undefined;
  const persona: Persona = known ?? {
    openid: values.openid ?? createOpenid(sandbox),
    unionid: `o6_${randomAlphanumeric(25)}`,
    nickname: values.nickname,
    isSnapshotUser: values.isSnapshotUser ?? false,
    createdAtMs: sandbox.clock.now(),
    origin,
  };
  persona.nickname = values.nickname;
  if (!persona.origin || (persona.origin === "imported" && origin === "principal")) {
    persona.origin = origin;
  }
  sandbox.state.personas.set(persona.openid, persona);
  sandbox.touch();
  return persona;
}

/**
 * Everybody, in the one order of every list of people: made by hand with the newest first, so that
 * somebody just added is on top; then the principals of an imported world; then its other people.
 */
export function listPersonas(state: Pick<SandboxState, "personas">): Persona[] {
  const everybody = [...state.personas.values()];
  return [
    // The map keeps the order of adding, which a clock that is set back does not.
    ...everybody.filter(({ origin }) => origin === "hand").reverse(),
    ...everybody.filter(({ origin }) => origin === "principal"),
    ...everybody.filter(({ origin }) => origin !== "hand" && origin !== "principal"),
  ];
}
