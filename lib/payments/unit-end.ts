import { addDays, type CalendarDate } from "@/lib/pricing/calendar";

/**
 * First day without cover of a unit that ended, null while it lives. A term that ran out leaves the
 * unit's row as it is, so the calendar says it (R21).
 */
export function findUnitEnd(
  unit: { endedOn: CalendarDate | null; lastDayOn: CalendarDate },
  today: CalendarDate,
): CalendarDate | null {
  if (unit.endedOn) return unit.endedOn;
  return today > unit.lastDayOn ? addDays(unit.lastDayOn, 1) : null;
}
