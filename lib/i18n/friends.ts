import { byLocale } from "./by-locale";
import { friends as english } from "./messages/en/friends";
import { friends as chinese } from "./messages/zh-CN/friends";

export const friendsMessages = byLocale(chinese, english);
