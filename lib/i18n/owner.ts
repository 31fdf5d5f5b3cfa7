import { byLocale } from "./by-locale";
import { owner as english } from "./messages/en/owner";
import { owner as chinese } from "./messages/zh-CN/owner";

export const ownerMessages = byLocale(chinese, english);
