import { byLocale } from "./by-locale";
import { order as english } from "./messages/en/order";
import { order as chinese } from "./messages/zh-CN/order";

export const orderMessages = byLocale(chinese, english);
