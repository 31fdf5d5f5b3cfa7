// GET /api/policies/{code}/thumb: the square beside a link in WeChat, 300 × 300.
import { handlePicture } from "@/app/api/policies/[code]/picture-handler";

export const dynamic = "force-dynamic";

export const GET = handlePicture("thumb", "shared");
