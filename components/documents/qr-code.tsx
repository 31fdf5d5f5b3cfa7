import { encode } from "uqr";

/** A QR code as one SVG path, dark on white whatever the theme: cameras read that surely. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="mx-auto block w-52 max-w-full rounded-control bg-white"
    >
      <path d={path} fill="#2b2320" />
    </svg>
  );
}
