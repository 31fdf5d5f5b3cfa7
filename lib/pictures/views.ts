/** What a picture shows: plain data, so that its hash names the picture before it is drawn. */
import type { Locale } from "@/lib/i18n/locale";

export interface PolicyPicture {
  locale: Locale;
  state: "open" | "full" | "closed" | "ended";
  askerName: string;
  /** The insured's own choice (R42); a first letter, never a photograph. */
  isFaceShown: boolean;
  units: number;
  unitsMax: number;
  maturedUnits: number;
  coverYuan: number;
  coverPerUnitYuan: number;
  collectingDaysLeft: number | null;
  waitingDays: number;
  /** Absolute address of the public page, for the QR code. */
  url: string;
  /** Host and path where a short code is typed, and the code as people read it; null without one. */
  shortCode: { place: string; code: string } | null;
  insurer: { name: string; productName: string; filingNo: string; isDemonstration: boolean };
}

/** Every word as it is to be drawn; `lib/appraisal` decides what may be said. */
export interface CertificatePicture {
  locale: Locale;
  /** Null draws nobody's name. */
  name: string | null;
  heading: string;
  title: string;
  score: number;
  /** At most six. */
  lines: { label: string; points: number }[];
  /** The day, the note that this is play. */
  footnotes: string[];
  /** For the QR code; null when others may not read the appraisal. */
  url: string | null;
}

export type AnyPicture =
  | { kind: "poster" | "card" | "thumb"; picture: PolicyPicture }
  | { kind: "certificate"; picture: CertificatePicture };
