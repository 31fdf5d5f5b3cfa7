import { Field } from "@/components/ui/field";
import { formatYuan } from "@/lib/format/money";
import { fill } from "@/lib/i18n/fill";
import type { ApplyWords, ProblemWords } from "./apply-props";
import { type ApplyRules, findBand, type WhoField } from "./draft";
import { type ApplyEvent, type ApplyState, fieldId } from "./machine";

/**
 * Inputs have no `name`: whatever happens before the scripts arrive, an identity number never
 * becomes part of an address.
 */
export function WhoStep({
  rules,
  state,
  words,
  problems,
  dispatch,
}: {
  rules: ApplyRules;
  state: ApplyState;
  words: ApplyWords["who"];
  problems: ProblemWords;
  dispatch: (event: ApplyEvent) => void;
}) {
  const band = state.errors.idNumber ? null : findBand(rules, state.draft.who.idNumber);
  const bind = (field: WhoField) => ({
    id: fieldId(field),
    value: state.draft.who[field],
    error: state.errors[field] && problems.fields[state.errors[field]],
    onChange: (event: { target: { value: string } }) =>
      dispatch({ kind: "typed", field, value: event.target.value }),
    onBlur: () => dispatch({ kind: "left", field }),
    required: true,
  });
  return (
    <div className="mt-7 space-y-6">
      <Field
        {...bind("name")}
        label={words.name}
        placeholder={words.namePlaceholder}
        autoComplete="name"
        maxLength={60}
      />
      <Field
        {...bind("idNumber")}
        label={words.idNumber}
        hint={
          band
            ? fill(words.band, {
                from: band.ageFrom,
                to: band.ageTo,
                cover: formatYuan(band.coverPerUnitYuan),
              })
            : words.idHint
        }
        // Not `numeric`: the last place may be an X, which number pads do not have.
        inputMode="text"
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        maxLength={40}
        className="[&_input]:figure-numbers"
      />
      <Field
        {...bind("phone")}
        label={words.phone}
        hint={words.phoneHint}
        placeholder={words.phonePlaceholder}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={24}
        className="[&_input]:figure-numbers"
      />
    </div>
  );
}
