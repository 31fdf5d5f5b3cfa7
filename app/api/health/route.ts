// GET /api/health: is this process alive and does its database answer. For load balancers.
import { handle } from "@/lib/http/handle";
import { checkHealth } from "@/lib/jobs/check-health";

export const dynamic = "force-dynamic";

export const GET = handle({ auth: "none", run: ({ deps }) => checkHealth(deps) });
