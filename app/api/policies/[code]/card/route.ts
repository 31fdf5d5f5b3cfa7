// GET /api/policies/{code}/card: the Open Graph card, 1200 × 630.
import { handlePicture } from "@/app/api/policies/[code]/picture-handler";

export const dynamic = "force-dynamic";

export const GET = handlePicture("card", "shared");
