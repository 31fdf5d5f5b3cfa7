import { byLocale } from "./by-locale";
import { problems as english } from "./messages/en/problems";
import { problems as chinese } from "./messages/zh-CN/problems";

/** A sentence for every error code, field code, refund reason and refusal of a viewer. */
export const problemMessages = byLocale(chinese, english);
