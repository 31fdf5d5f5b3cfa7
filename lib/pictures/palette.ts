/** The light colours of `app/globals.css` by role; a test compares them. Pictures know no dark. */
export const PALETTE = {
  paper: "#fbf6ee",
  card: "#fffdf9",
  ink: "#2b2320",
  soft: "#6f635a",
  line: "#e8dccb",
  edge: "#8f7f70",
  coral: "#ef5b43",
  mine: "#c63f29",
  "mine-ink": "#ffffff",
  "accent-text": "#b83621",
  wait: "#fac6b5",
  "empty-edge": "#ddcfbc",
} as const;
