import { byLocale } from "./by-locale";
import { reminders as english } from "./messages/en/reminders";
import { reminders as chinese } from "./messages/zh-CN/reminders";

/** Messages through WeChat: what they say, how one agrees to one, and how one stops them. */
export const remindersMessages = byLocale(chinese, english);
