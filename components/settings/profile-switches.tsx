"use client";

import { type FormEvent, useRef, useState } from "react";
import { callApi } from "@/components/payments/call-api";
import { classNames } from "@/components/ui/class-names";
import { Switch } from "@/components/ui/switch";
import type { Profile } from "@/lib/profile/contract";
import { type Choice, inputFor, isDependent, isOffered, isOn } from "./choices";

export interface SwitchWords {
  choices: Record<Choice, { label: string; note: string }>;
  saved: string;
  failed: string;
  regionUnknown: string;
}

/**
 * One switch a choice. It turns at once and holds as soon as the server has it; where that fails it
 * turns back and says so. Without JavaScript each is a form that comes back to this page.
 */
export function ProfileSwitches({
  initial,
  choices,
  words,
  onSaved,
}: {
  initial: Profile;
  choices: readonly Choice[];
  words: SwitchWords;
  /** For what a page shows elsewhere by this choice. */
  onSaved?: (profile: Profile) => void;
}) {
  const [profile, setProfile] = useState(initial);
  const [turning, setTurning] = useState<Partial<Record<Choice, boolean>>>({});
  const [told, setTold] = useState({ text: "", isFailure: false });
  // One after another, so that the answer that comes last is the state that holds.
  const last = useRef<Promise<void>>(Promise.resolve());

  async function turn(choice: Choice, isWanted: boolean): Promise<void> {
    const answer = await callApi<Profile>("/api/me/profile", { body: inputFor(choice, isWanted) });
    if (answer.ok) {
      setProfile(answer.body);
      onSaved?.(answer.body);
    }
    const isUnknown = !answer.ok && answer.fields.some(({ code }) => code === "region_unknown");
    const failure = isUnknown ? words.regionUnknown : words.failed;
    setTold({ text: answer.ok ? words.saved : failure, isFailure: !answer.ok });
    setTurning(({ [choice]: _done, ...others }) => others);
  }

  function onSubmit(event: FormEvent, choice: Choice): void {
    event.preventDefault();
    if (choice in turning) return;
    const isWanted = !isOn(choice, profile);
    setTurning((others) => ({ ...others, [choice]: isWanted }));
    setTold({ text: "", isFailure: false });
    last.current = last.current.then(() => turn(choice, isWanted));
  }

  const offered = choices.filter((choice) => isOffered(choice, profile));
  return (
    <div>
      <ul className="divide-y divide-line">
        {offered.map((choice) => (
          <li key={choice} className={classNames(isDependent(choice) && "pl-5")}>
            <form
              method="post"
              action="/api/me/profile"
              onSubmit={(event) => onSubmit(event, choice)}
            >
              <SwitchInput choice={choice} profile={profile} />
              <Switch
                isOn={turning[choice] ?? isOn(choice, profile)}
                type="submit"
                {...words.choices[choice]}
              />
            </form>
          </li>
        ))}
      </ul>
      <p
        role={told.isFailure ? "alert" : "status"}
        className={classNames("text-small", told.isFailure ? "pb-3 text-bad" : "sr-only")}
      >
        {told.text}
      </p>
    </div>
  );
}

/** What the form sends where no script does. */
function SwitchInput({ choice, profile }: { choice: Choice; profile: Profile }) {
  const [[name, value] = ["", false]] = Object.entries(inputFor(choice, !isOn(choice, profile)));
  return (
    <>
      <input type="hidden" name="choice" value={name} />
      <input type="hidden" name="value" value={`${value}`} />
    </>
  );
}
