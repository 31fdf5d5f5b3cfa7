import type { ReactNode } from "react";
import { Switch } from "@/components/ui/switch";

/** Large print in this browser, on and off: a plain form, because the whole page changes with it. */
export function ElderSwitch({
  isElder,
  nextPath,
  label,
  note,
}: {
  isElder: boolean;
  nextPath: string;
  label: string;
  note: string;
}) {
  return (
    <ElderForm isElder={isElder} nextPath={nextPath}>
      <Switch isOn={isElder} type="submit" label={label} note={note} />
    </ElderForm>
  );
}

/** The same as a quiet link for other pages. */
export function ElderLink({
  isElder,
  nextPath,
  label,
}: {
  isElder: boolean;
  nextPath: string;
  label: string;
}) {
  return (
    <ElderForm isElder={isElder} nextPath={nextPath}>
      <button
        type="submit"
        className="inline-flex min-h-11 items-center underline underline-offset-4"
      >
        {label}
      </button>
    </ElderForm>
  );
}

function ElderForm({
  isElder,
  nextPath,
  children,
}: {
  isElder: boolean;
  nextPath: string;
  children: ReactNode;
}) {
  return (
    <form method="post" action="/api/elder-mode">
      <input type="hidden" name="next" value={nextPath} />
      <input type="hidden" name="elder" value={isElder ? "0" : "1"} />
      {children}
    </form>
  );
}
