import { readLocale } from "@/app/viewer";
import { LoadingPage } from "@/components/me/loading-page";
import { commonMessages } from "@/lib/i18n/common";

export default async function Loading() {
  return <LoadingPage label={commonMessages(await readLocale()).loading} />;
}
