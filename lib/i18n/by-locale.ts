import type { Locale } from "./locale";

/**
 * The shape of an area's Chinese messages with the words left open: literals widen to `string`,
 * functions keep their parameters, so a missing, renamed or differently called message in another
 * language does not compile.
 */
export type Messages<Shape> = {
  readonly [Key in keyof Shape]: Shape[Key] extends (...values: infer Values) => infer Result
    ? (...values: Values) => Message<Result>
    : Message<Shape[Key]>;
};

type Message<Value> = Value extends string
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly Message<Item>[]
    : Messages<Value>;

/**
 * Joins the languages of one area, e.g. `shareMessages(locale).title`. An area is one file of
 * strings and plain functions for each language; there is no central list of areas, so a page
 * loads only the words it shows. Server only: islands get finished strings as props.
 */
export function byLocale<Shape>(
  chinese: Shape,
  english: Messages<Shape>,
): (locale: Locale) => Messages<Shape> {
  return (locale) => (locale === "en" ? english : (chinese as Messages<Shape>));
}
