import { byLocale } from "./by-locale";
import { endings as english } from "./messages/en/endings";
import { endings as chinese } from "./messages/zh-CN/endings";

/** Giving money back: withdrawing, declining, surrendering, and a diagnosis. */
export const endingsMessages = byLocale(chinese, english);
