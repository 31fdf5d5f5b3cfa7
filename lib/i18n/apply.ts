import { byLocale } from "./by-locale";
import { apply as english } from "./messages/en/apply";
import { apply as chinese } from "./messages/zh-CN/apply";

export const applyMessages = byLocale(chinese, english);
