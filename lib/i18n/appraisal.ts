import { byLocale } from "./by-locale";
import { appraisal as english } from "./messages/en/appraisal";
import { appraisal as chinese } from "./messages/zh-CN/appraisal";

export const appraisalMessages = byLocale(chinese, english);
