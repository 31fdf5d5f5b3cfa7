import { byLocale } from "./by-locale";
import { words as english } from "./messages/en/words";
import { words as chinese } from "./messages/zh-CN/words";

/** What people say to each other: wishes, thanks, notes and reactions. */
export const wordsMessages = byLocale(chinese, english);
