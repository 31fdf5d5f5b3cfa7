import { byLocale } from "./by-locale";
import { milestones as english } from "./messages/en/milestones";
import { milestones as chinese } from "./messages/zh-CN/milestones";

export const milestonesMessages = byLocale(chinese, english);
