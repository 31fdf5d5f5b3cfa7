import { byLocale } from "./by-locale";
import { share as english } from "./messages/en/share";
import { share as chinese } from "./messages/zh-CN/share";

export const shareMessages = byLocale(chinese, english);
