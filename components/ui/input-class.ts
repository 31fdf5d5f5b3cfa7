/** Shared by inputs and textareas: 16 px at least, or iOS zooms into the field. */
export const INPUT_CLASS =
  "block w-full min-h-13 rounded-control border border-edge bg-card px-4 py-3 text-body text-ink placeholder:text-soft aria-invalid:border-bad";
