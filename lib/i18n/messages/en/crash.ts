import type { Messages } from "@/lib/i18n/by-locale";
import type { crash as chinese } from "@/lib/i18n/messages/zh-CN/crash";

export const crash = {
  heading: "This page did not open",
  lead: "The fault is ours and has been recorded. Payments you made are not affected, and “My account” shows where each went.",
  retry: "Try again",
  payments: "My payments",
  reference: "Reference",
} satisfies Messages<typeof chinese>;
