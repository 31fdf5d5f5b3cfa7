import { byLocale } from "./by-locale";
import { landing as english } from "./messages/en/landing";
import { landing as chinese } from "./messages/zh-CN/landing";

export const landingMessages = byLocale(chinese, english);
