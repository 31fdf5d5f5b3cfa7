import { byLocale } from "./by-locale";
import { language as english } from "./messages/en/language";
import { language as chinese } from "./messages/zh-CN/language";

export const languageMessages = byLocale(chinese, english);
