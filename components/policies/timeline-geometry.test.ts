import { describe, expect, test } from "vitest";
import { calculateTimelineGeometry, staircasePath } from "./timeline-geometry";

const STEPS = [
  { on: "2026-01-01", payableYuan: 0 },
  { on: "2026-04-01", payableYuan: 1000 },
  { on: "2026-04-11", payableYuan: 4000 },
  { on: "2027-01-01", payableYuan: 0 },
];

describe("calculateTimelineGeometry", () => {
  test("steps run from the first effective day to the end of cover", () => {
    const geometry = calculateTimelineGeometry(STEPS, "2026-04-05");
    expect(geometry?.points[0]).toEqual({ x: 0, y: 1 });
    expect(geometry?.points[1]?.x).toBeCloseTo(90 / 365);
    expect(geometry?.points[2]?.y).toBe(0);
    expect(geometry?.points.at(-1)).toEqual({ x: 1, y: 1 });
    expect(geometry?.highestYuan).toBe(4000);
    expect(geometry?.today.payableYuan).toBe(1000);
  });

  test.each([
    ["before cover begins the marker waits at the left edge", "2025-12-31", 0, 0],
    ["on the day of a step the step counts", "2026-04-11", 100 / 365, 4000],
    ["after the end the marker stays at the right edge", "2028-01-01", 1, 0],
  ])("%s", (_label, today, x, payableYuan) => {
    const marker = calculateTimelineGeometry(STEPS, today)?.today;
    expect(marker?.x).toBeCloseTo(x);
    expect(marker?.payableYuan).toBe(payableYuan);
  });

  test("nothing to draw without steps or days", () => {
    expect(calculateTimelineGeometry([], "2026-01-01")).toBeNull();
    expect(calculateTimelineGeometry(STEPS.slice(0, 1), "2026-01-01")).toBeNull();
  });

  test("a policy that never counts draws a flat line, not a division by zero", () => {
    const flat = STEPS.map((step) => ({ ...step, payableYuan: 0 }));
    expect(calculateTimelineGeometry(flat, "2026-02-01")?.points.every(({ y }) => y === 1)).toBe(
      true,
    );
  });
});

test("staircasePath goes level first, then up", () => {
  const points = [
    { x: 0, y: 1 },
    { x: 0.25, y: 0.5 },
    { x: 1, y: 0 },
  ];
  expect(staircasePath(points, { width: 100, height: 40 })).toBe("M0 40H25V20H100V0");
});
