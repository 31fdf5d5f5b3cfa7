import { byLocale } from "./by-locale";
import { settings as english } from "./messages/en/settings";
import { settings as chinese } from "./messages/zh-CN/settings";

export const settingsMessages = byLocale(chinese, english);
