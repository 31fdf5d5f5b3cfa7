import type { Messages } from "@/lib/i18n/by-locale";
import type { pages as chinese } from "@/lib/i18n/messages/zh-CN/pages";

export const pages = {
  notFound: {
    heading: "Nothing here",
    lead: "The link may be incomplete, or the policy is no longer here. Please ask the friend who sent it to send it again.",
    home: "Home",
  },
  signInFailed: {
    heading: "WeChat did not confirm who you are",
    lead: "This sign-in did not finish; the link may have waited too long. Nothing was ordered or charged. Please try once more.",
    unavailableLead:
      "WeChat is not answering at the moment. Please try again shortly. Nothing was ordered or charged.",
    retry: "Try again",
    back: "Back to the page",
  },
  openInWechat: {
    heading: "Please open this in WeChat",
    lead: "Paying and confirming who you are need WeChat, so this step has to happen there.",
    qrHeading: "On a computer",
    qrLead: "Scan this code with WeChat on your phone.",
    qrAlternative: "QR code of this page's link",
    linkHeading: "In a phone's browser",
    linkLead: "Copy the link, send it to “File Transfer” in WeChat, and open it there.",
    copy: "Copy link",
    copied: "Copied: paste it in WeChat",
    copyFailed: "Copying did not work; please press and hold the link above",
    snapshotHeading: "You are viewing a snapshot",
    snapshotLead:
      "WeChat's snapshot mode cannot pay. Tap “Use full service” at the top right, or open the link again and allow logging in.",
  },
  document: {
    title: {
      terms: "Terms",
      exemptions: "Exemptions",
      sensitive_data: "Consent to handling sensitive personal information",
    },
    version: "Version",
    sha256: "Digest of the Chinese text (SHA-256)",
    hashNote: "This digest is what we record when you accept. Change one character and it differs.",
    translation: "English translation",
    original: "Chinese original",
    others: "Other documents",
  },
} satisfies Messages<typeof chinese>;
