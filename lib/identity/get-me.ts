import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import type { Viewer } from "@/lib/http/session";
import { listMyPolicies } from "@/lib/policies/queries";
import type { Me } from "./contract";
import { findUser } from "./queries";

/** @throws DomainError not_authenticated when the session outlived its account. */
export async function getMe(deps: Deps, viewer: Viewer): Promise<Me> {
  const [user, policies] = await Promise.all([
    findUser(deps, viewer.userId),
    listMyPolicies(deps, viewer),
  ]);
  if (!user) throw new DomainError("not_authenticated");
  return {
    id: user.id,
    nickname: user.nickname,
    policies: policies.map(({ code, status, units, unitsMax, payableNowYuan }) => ({
      code,
      status,
      units,
      unitsMax,
      payableNowYuan,
    })),
  };
}
