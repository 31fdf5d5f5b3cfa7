"use client";

import { useEffect } from "react";
import { hideShareMenu } from "./js-sdk";

/** A page that shows its owner alone anything cannot be passed on from WeChat's menu. Draws nothing. */
export function PrivatePage({ jsSdkUrl }: { jsSdkUrl: string }) {
  useEffect(() => void hideShareMenu(jsSdkUrl), [jsSdkUrl]);
  return null;
}
