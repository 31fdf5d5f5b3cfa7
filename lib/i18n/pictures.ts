import { byLocale } from "./by-locale";
import { pictures as english } from "./messages/en/pictures";
import { pictures as chinese } from "./messages/zh-CN/pictures";

export const picturesMessages = byLocale(chinese, english);
