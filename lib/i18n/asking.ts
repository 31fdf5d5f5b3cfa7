import { byLocale } from "./by-locale";
import { asking as english } from "./messages/en/asking";
import { asking as chinese } from "./messages/zh-CN/asking";

export const askingMessages = byLocale(chinese, english);
