import type { Deps } from "@/lib/deps";

/** The WeChat account of a signed-in user; null when the session outlived the account. */
export async function findUser(
  deps: Pick<Deps, "db">,
  userId: string,
): Promise<{ id: string; openid: string; nickname: string | null } | null> {
  return deps.db.prisma.user.findUnique({
    where: { id: userId },
    select: { id: true, openid: true, nickname: true },
  });
}
