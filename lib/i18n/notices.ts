import { byLocale } from "./by-locale";
import { notices as english } from "./messages/en/notices";
import { notices as chinese } from "./messages/zh-CN/notices";

/** What people are told about their money and their policy. */
export const noticesMessages = byLocale(chinese, english);
