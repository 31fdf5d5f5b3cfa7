import { byLocale } from "./by-locale";
import { yuan as english } from "./messages/en/yuan";
import { yuan as chinese } from "./messages/zh-CN/yuan";

/** Every step of one yuan, as its payer and as staff read it. */
export const yuanMessages = byLocale(chinese, english);
