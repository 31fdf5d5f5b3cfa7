/** Five rows of five: `o` is a waiting cell, `x` a matured one, `.` is paper. */
const DRAWINGS = {
  // Two who gave each other one.
  friends: "oo... oo... ..x.. ...oo ...oo",
  boards: "....x ....x ..o.x ..o.x o.o.x",
  appraisal: ".o.o. oxooo ooooo .ooo. ..o..",
  notices: "ooooo oxoxo ooooo .o... o....",
  shortCode: "..... oo.xo ..... ox.oo .....",
  settings: "ooxoo ..... oooox ..... xoooo",
};
export type Place = keyof typeof DRAWINGS;

const SIDE = 6;
const STEP = 7;

/** A small picture made of the product's own cells; it says nothing that the word beside it does not. */
export function CellDrawing({ of }: { of: Place }) {
  return (
    <svg viewBox="0 0 34 34" aria-hidden="true" className="size-10">
      {[...DRAWINGS[of].replaceAll(" ", "")].map((mark, index) =>
        mark === "." ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell's place is its identity.
            key={index}
            x={(index % 5) * STEP}
            y={Math.floor(index / 5) * STEP}
            width={SIDE}
            height={SIDE}
            rx={1.9}
            className={mark === "x" ? "fill-coral" : "fill-wait"}
          />
        ),
      )}
    </svg>
  );
}
