import { classNames } from "@/components/ui/class-names";
import {
  CELL_OUTLINE,
  CELL_RADIUS,
  CELL_SIDE,
  type CellState,
  extentOf,
  placeOf,
} from "@/lib/format/cells";

const FILLS: Record<CellState, string> = {
  matured: "fill-coral",
  waiting: "fill-wait",
  empty: "fill-transparent stroke-empty-edge",
};

/**
 * The product's face: one cell a yuan, in rows of ten. It reads as one picture with one text
 * alternative; the same drawing serves every size. `newestSeq` gets a ring and breathes once.
 */
export function HundredCells({
  cells,
  label,
  meLabel,
  newestSeq = null,
  isSmall = false,
  className,
}: {
  cells: readonly CellState[];
  label: string;
  /** The word on cell 1, the insured's own; left out where the drawing is too small to read. */
  meLabel?: string;
  newestSeq?: number | null;
  isSmall?: boolean;
  className?: string;
}) {
  const { width, height } = extentOf(cells.length);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      className={classNames("block h-auto w-full overflow-visible", className)}
    >
      {cells.map((state, index) => {
        const { x, y } = placeOf(index);
        const inset = state === "empty" && !isSmall ? CELL_OUTLINE / 2 : 0;
        const isMine = index === 0 && meLabel && state === "matured";
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell's place is its identity.
            key={index}
            x={x + inset}
            y={y + inset}
            width={CELL_SIDE - inset * 2}
            height={CELL_SIDE - inset * 2}
            rx={CELL_RADIUS - inset}
            strokeWidth={inset ? CELL_OUTLINE : 0}
            className={
              isMine ? "fill-mine" : state === "empty" && isSmall ? "fill-line" : FILLS[state]
            }
          />
        );
      })}
      {newestSeq !== null && <Newest seq={newestSeq} state={cells[newestSeq - 1] ?? "waiting"} />}
      {meLabel && cells[0] !== "empty" && (
        <text
          x={CELL_SIDE / 2}
          y={CELL_SIDE / 2}
          dominantBaseline="central"
          textAnchor="middle"
          fontSize={meLabel.length > 1 ? 4 : 5.4}
          fontWeight="600"
          className={cells[0] === "matured" ? "fill-mine-ink" : "fill-ink"}
        >
          {meLabel}
        </text>
      )}
    </svg>
  );
}

/** Drawn last, so that its glow lies over the neighbours. */
function Newest({ seq, state }: { seq: number; state: CellState }) {
  const { x, y } = placeOf(seq - 1);
  return (
    <g className="origin-center [transform-box:fill-box] motion-safe:animate-breathe">
      <rect
        x={x - 1.2}
        y={y - 1.2}
        width={CELL_SIDE + 2.4}
        height={CELL_SIDE + 2.4}
        rx={CELL_RADIUS + 1.2}
        className="fill-(--coral-glow)"
      />
      <rect
        x={x + 0.3}
        y={y + 0.3}
        width={CELL_SIDE - 0.6}
        height={CELL_SIDE - 0.6}
        rx={CELL_RADIUS - 0.3}
        strokeWidth="0.6"
        className={classNames("stroke-coral", state === "matured" ? "fill-coral" : "fill-wait")}
      />
    </g>
  );
}
