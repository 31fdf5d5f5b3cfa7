import { byLocale } from "./by-locale";
import { disclosure as english } from "./messages/en/disclosure";
import { disclosure as chinese } from "./messages/zh-CN/disclosure";

export const disclosureMessages = byLocale(chinese, english);
