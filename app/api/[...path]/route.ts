// Any other path under /api: a problem document, not a page.
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";

const refuse = handle({
  auth: "none",
  run: () => Promise.reject(new DomainError("not_found")),
});

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
