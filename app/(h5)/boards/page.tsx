import { redirect } from "next/navigation";

export default function BoardsRoute() {
  redirect("/boards/all");
}
