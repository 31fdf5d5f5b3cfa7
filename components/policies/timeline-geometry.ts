/**
 * Where the steps of payable cover fall, as fractions of the chart (0…1, from the left and from the
 * top). Pure, so that the drawing can stretch to any width without distorting its words.
 */
import { type CalendarDate, daysBetween } from "@/lib/pricing/calendar";

export interface TimelineStep {
  on: CalendarDate;
  payableYuan: number;
}

export interface TimelineGeometry {
  /** Left to right, each the start of a level; the last one is the end of cover. */
  points: { x: number; y: number }[];
  today: { x: number; y: number; payableYuan: number };
  highestYuan: number;
}

/** Null when there is nothing to draw: no step, or a term without days. */
export function calculateTimelineGeometry(
  steps: readonly TimelineStep[],
  today: CalendarDate,
): TimelineGeometry | null {
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return null;
  const termDays = daysBetween(first.on, last.on);
  if (termDays <= 0) return null;

  const highestYuan = Math.max(...steps.map((step) => step.payableYuan), 0);
  const xOf = (on: CalendarDate) => Math.min(1, Math.max(0, daysBetween(first.on, on) / termDays));
  const yOf = (payableYuan: number) => 1 - payableYuan / Math.max(1, highestYuan);
  const payableYuan = steps.findLast((step) => step.on <= today)?.payableYuan ?? 0;
  return {
    points: steps.map((step) => ({ x: xOf(step.on), y: yOf(step.payableYuan) })),
    today: { x: xOf(today), y: yOf(payableYuan), payableYuan },
    highestYuan,
  };
}

/** The staircase as an SVG path in a box of the given size: level, then up, then level. */
export function staircasePath(
  points: readonly { x: number; y: number }[],
  box: { width: number; height: number },
): string {
  const at = (fraction: number, size: number) => Number((fraction * size).toFixed(2));
  return points
    .map(({ x, y }, index) =>
      index === 0
        ? `M${at(x, box.width)} ${at(y, box.height)}`
        : `H${at(x, box.width)}V${at(y, box.height)}`,
    )
    .join("");
}
