import type { ReactNode } from "react";
import type { Messages } from "@/lib/i18n/by-locale";
import type { apply } from "@/lib/i18n/messages/zh-CN/apply";
import type { problems } from "@/lib/i18n/messages/zh-CN/problems";
import type { DocumentKind } from "@/lib/plans/contract";
import type { ApplyRules, ApplyStep } from "./draft";

export type ApplyWords = Messages<typeof apply>;
export type ProblemWords = Pick<Messages<typeof problems>, "codes" | "fields" | "offline">;

/** One document, already rendered: the browser has no Markdown reader and no second text. */
export interface ShownDocument {
  version: string;
  body: ReactNode;
  translation: ReactNode | null;
}

/** Everything the island gets from the server; words included, so that no dictionary is loaded. */
export interface ApplyFlowProps {
  rules: ApplyRules;
  initialStep: ApplyStep;
  isWechat: boolean;
  words: ApplyWords;
  problems: ProblemWords;
  questions: readonly { id: string; text: string }[];
  documents: Readonly<Record<DocumentKind, ShownDocument>>;
  /** A unit paid today, in words. */
  preview: { effective: string; matures: string; lastDay: string; coverDays: number };
  waitingDays: number;
  /** `¥1` */
  price: string;
  insuranceLine: ReactNode;
  /** The hundred cells with the first one lit. */
  picture: ReactNode;
}
