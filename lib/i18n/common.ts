import { byLocale } from "./by-locale";
import { common as english } from "./messages/en/common";
import { common as chinese } from "./messages/zh-CN/common";

export const commonMessages = byLocale(chinese, english);
