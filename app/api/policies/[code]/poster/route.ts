// GET /api/policies/{code}/poster: the poster, 750 px wide, with a QR code and a short code.
import { handlePicture } from "@/app/api/policies/[code]/picture-handler";

export const dynamic = "force-dynamic";

// It may show a face, which must be gone at once when its owner takes it back.
export const GET = handlePicture("poster", "always");
