import { formatFullDay, formatMonth } from "@/lib/format/dates";
import { formatYuan } from "@/lib/format/money";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import { addDays, type CalendarDate } from "@/lib/pricing/calendar";
import { calculateTimelineGeometry, staircasePath, type TimelineStep } from "./timeline-geometry";

const BOX = { width: 342, height: 96 };

/**
 * How cover steps up day by day, and where today is. The line is SVG and stretches; every word is
 * HTML beside it, placed so that it cannot leave the chart: a label at fraction x is shifted back
 * by x of its own width, and the highest level stands in the filled part, which by the waiting
 * period's length begins before 40 %, on the side away from today. The table below is the text alternative and shows the same steps.
 */
export function CoverTimeline({
  steps,
  today,
  locale,
}: {
  steps: readonly TimelineStep[];
  today: CalendarDate;
  locale: Locale;
}) {
  const geometry = calculateTimelineGeometry(steps, today);
  const first = steps[0];
  const last = steps.at(-1);
  if (!geometry || !first || !last) return null;
  const words = ownerMessages(locale).timeline;
  const path = staircasePath(geometry.points, BOX);
  const todayPercent = `${(geometry.today.x * 100).toFixed(2)}%`;

  return (
    <figure>
      <div aria-hidden="true">
        <p className="mb-2 text-fine">
          <span
            className="relative inline-block whitespace-nowrap figure-numbers"
            style={{ left: todayPercent, translate: `-${todayPercent}` }}
          >
            <span className="text-soft">{words.today}</span>{" "}
            <b className="font-semibold">{formatYuan(geometry.today.payableYuan)}</b>
          </span>
        </p>
        <div className="relative h-24">
          <svg
            viewBox={`0 0 ${BOX.width} ${BOX.height}`}
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
          >
            <title>{words.title}</title>
            <defs>
              <linearGradient id="cover-fill" x1="0" y1="0" x2="0" y2="1">
                <stop offset="0" className="[stop-color:var(--coral)]" stopOpacity=".3" />
                <stop offset="1" className="[stop-color:var(--coral)]" stopOpacity=".04" />
              </linearGradient>
            </defs>
            <path d={`${path}V${BOX.height}H0Z`} fill="url(#cover-fill)" />
            <g fill="none" className="[&>*]:[vector-effect:non-scaling-stroke]">
              <path d={`M0 0H${BOX.width}`} strokeDasharray="2 5" className="stroke-line" />
              <path d={`M0 ${BOX.height}H${BOX.width}`} className="stroke-line" />
              <path
                d={path}
                strokeWidth="2.5"
                strokeLinejoin="round"
                strokeLinecap="round"
                className="stroke-coral"
              />
            </g>
          </svg>
          <span
            className="absolute top-1.5 text-fine figure-numbers"
            style={geometry.today.x > 0.6 ? { left: "40%" } : { right: "0.75rem" }}
          >
            {formatYuan(geometry.highestYuan)}
          </span>
          <span
            className="absolute -top-1 -bottom-1 border-l-[1.5px] border-dashed border-edge"
            style={{ left: todayPercent }}
          />
          <span
            className="absolute size-3.5 -translate-1/2 rounded-full border-[3px] border-paper bg-coral"
            style={{ left: todayPercent, top: `${(geometry.today.y * 100).toFixed(2)}%` }}
          />
        </div>
        <p className="mt-2 flex flex-wrap justify-between gap-x-4 text-fine text-soft">
          <span>{formatMonth(first.on, locale)}</span>
          <span className="ml-auto">{formatMonth(addDays(last.on, -1), locale)}</span>
        </p>
      </div>
      <figcaption>
        <StepTable steps={steps} locale={locale} />
      </figcaption>
    </figure>
  );
}

function StepTable({ steps, locale }: { steps: readonly TimelineStep[]; locale: Locale }) {
  const words = ownerMessages(locale).timeline;
  return (
    <details className="group mt-1">
      <summary className="inline-flex min-h-11 items-center gap-1 text-small text-soft">
        {words.showSteps}
        <span aria-hidden="true" className="group-open:rotate-90">
          ›
        </span>
      </summary>
      <table className="w-full text-small figure-numbers">
        <caption className="sr-only">{words.title}</caption>
        <thead className="text-left text-fine text-soft">
          <tr>
            <th scope="col" className="py-2 font-normal">
              {words.from}
            </th>
            <th scope="col" className="py-2 text-right font-normal">
              {words.payable}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {steps.map((step) => (
            <tr key={step.on}>
              <td className="py-2">{formatFullDay(step.on, locale)}</td>
              <td className="py-2 text-right font-medium">{formatYuan(step.payableYuan)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
