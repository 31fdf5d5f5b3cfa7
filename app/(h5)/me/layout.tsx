import type { ReactNode } from "react";
import { PrivatePage } from "@/components/share/private-page";
import { publicConfig } from "@/lib/env/public";

/** What stands here is its owner's alone: it is not passed on, unless a page sets a card of its own. */
export default function PrivateLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <PrivatePage jsSdkUrl={publicConfig().jsSdkUrl} />
    </>
  );
}
