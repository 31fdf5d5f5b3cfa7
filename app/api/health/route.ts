// GET /api/health: is this process alive and does its database answer. For load balancers.

import { checkHealth } from "@/lib/db/check-health";
import { handle } from "@/lib/http/handle";

export const dynamic = "force-dynamic";

export const GET = handle({ auth: "none", run: ({ deps }) => checkHealth(deps) });
