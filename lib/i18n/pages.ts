import { byLocale } from "./by-locale";
import { pages as english } from "./messages/en/pages";
import { pages as chinese } from "./messages/zh-CN/pages";

export const pagesMessages = byLocale(chinese, english);
