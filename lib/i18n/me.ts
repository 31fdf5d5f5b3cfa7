import { byLocale } from "./by-locale";
import { me as english } from "./messages/en/me";
import { me as chinese } from "./messages/zh-CN/me";

export const meMessages = byLocale(chinese, english);
