import { byLocale } from "./by-locale";
import { dates as english } from "./messages/en/dates";
import { dates as chinese } from "./messages/zh-CN/dates";

export const dateMessages = byLocale(chinese, english);
