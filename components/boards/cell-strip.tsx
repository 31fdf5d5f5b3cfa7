const CELLS = 10;
const SIDE = 8;
const STEP = 11;
/** Strokes of the same colour round the corners of what is filled. */
const ROUNDING = 2;

/** Ten cells in a row, one for `perCell` units: the hundred cells seen from the side. */
export function CellStrip({ units, perCell }: { units: number; perCell: number }) {
  const lit = Array.from({ length: CELLS }, (_, index) =>
    Math.min(1, Math.max(0, units / perCell - index)),
  );
  return (
    <svg
      viewBox={`-1 -1 ${CELLS * STEP - 1} ${SIDE + 2}`}
      aria-hidden="true"
      className="block h-auto w-full max-w-44"
      strokeLinejoin="round"
      strokeWidth={ROUNDING}
    >
      <path d={cellsPath(lit.map(() => 1))} className="fill-line stroke-line" />
      <path d={cellsPath(lit)} className="fill-coral stroke-coral" />
    </svg>
  );
}

function cellsPath(shares: readonly number[]): string {
  const inner = SIDE - ROUNDING;
  return shares
    .map((share, index) => {
      if (share === 0) return "";
      const left = index * STEP + ROUNDING / 2;
      return `M${left} ${ROUNDING / 2}h${inner * share}v${inner}h${-inner * share}z`;
    })
    .join("");
}
