import { byLocale } from "./by-locale";
import { boards as english } from "./messages/en/boards";
import { boards as chinese } from "./messages/zh-CN/boards";

export const boardsMessages = byLocale(chinese, english);
