/** What will happen, one sentence to a line. */
export function Points({ points }: { points: readonly string[] }) {
  return (
    <ul className="mt-3 space-y-2">
      {points.map((point) => (
        <li key={point} className="flex gap-3">
          <span aria-hidden="true" className="mt-[0.7em] size-1.5 shrink-0 rounded-full bg-coral" />
          <span className="min-w-0 text-pretty">{point}</span>
        </li>
      ))}
    </ul>
  );
}
