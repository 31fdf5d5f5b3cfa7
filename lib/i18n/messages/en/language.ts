import type { Messages } from "@/lib/i18n/by-locale";
import type { language as chinese } from "@/lib/i18n/messages/zh-CN/language";

export const language = {
  label: "Language",
  "zh-CN": "中文",
  en: "English",
} satisfies Messages<typeof chinese>;
