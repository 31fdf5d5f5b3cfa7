import type { ReactNode } from "react";
import { publicConfig } from "@/lib/env/public";

/**
 * Every H5 page may pay or share, so the JS-SDK is part of the frame. It is asynchronous and of low
 * priority: no page waits for it, and each works without it.
 */
export default function H5Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <script async src={publicConfig().jsSdkUrl} fetchPriority="low" />
      {children}
    </>
  );
}
