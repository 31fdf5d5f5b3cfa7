import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addYears, isCalendarDate } from "./calendar";
import { ageOn, parseIdNumber } from "./identity";

const TODAY = "2026-11-22";

/** The check mark by the definition of ISO 7064 MOD 11-2, computed another way than the code. */
function withCheckMark(body: string): string {
  let remainder = 0;
  for (const digit of body) remainder = ((remainder + Number(digit)) * 2) % 11;
  const check = (12 - remainder) % 11;
  return body + (check === 10 ? "X" : String(check));
}

describe("R1, R2: identity numbers", () => {
  it("reads the standard's own examples", () => {
    expect(parseIdNumber("11010519491231002X", TODAY)).toEqual({
      ok: true,
      idNumber: "11010519491231002X",
      sex: "female", // place 17 is 2
      bornOn: "1949-12-31",
    });
    expect(parseIdNumber("440524188001010014", TODAY)).toEqual({
      ok: true,
      idNumber: "440524188001010014",
      sex: "male", // place 17 is 1
      bornOn: "1880-01-01",
    });
  });

  it("this test's own check mark agrees with the standard's examples", () => {
    expect(withCheckMark("44052418800101001")).toBe("440524188001010014");
    expect(withCheckMark("11010519491231002")).toBe("11010519491231002X");
  });

  it.each([
    [" 11010519491231002x ", "trims, and accepts a small x"],
    ["\t11010519491231002X\n", "trims tabs and line breaks"],
  ])("%j is read (%s)", (raw) => {
    expect(parseIdNumber(raw, TODAY)).toMatchObject({ ok: true, idNumber: "11010519491231002X" });
  });

  it.each([
    ["", "id_format", "nothing"],
    ["110105491231002", "id_format", "the 15-digit form"],
    ["1101051949123100", "id_format", "16 digits"],
    ["11010519491231002XX", "id_format", "19 places"],
    ["01010519491231002X", "id_format", "a region starting with 0"],
    ["1101051949123100X2", "id_format", "an X inside"],
    ["110105 19491231002X", "id_format", "a space inside"],
    ["１１０１０５１９４９１２３１００２Ｘ", "id_format", "full-width digits"],
    ["110105194913310020", "id_birth_date", "month 13, checked before the mark"],
    ["110105194902290020", "id_birth_date", "29 February of a common year"],
    ["110105209001010010", "id_birth_date", "born after today"],
    ["110105179912310020", "id_birth_date", "born before 1800"],
    ["110105194912310021", "id_checksum", "a wrong last digit"],
    ["11010519491231012X", "id_checksum", "one wrong digit inside"],
  ])("%j is refused as %s (%s)", (raw, code) => {
    expect(parseIdNumber(raw, TODAY)).toEqual({ ok: false, code });
  });

  it("born today is a valid number, born tomorrow is not", () => {
    const idNumber = withCheckMark("11010520261122001");
    expect(parseIdNumber(idNumber, "2026-11-22")).toMatchObject({ ok: true, sex: "male" });
    expect(parseIdNumber(idNumber, "2026-11-21")).toEqual({ ok: false, code: "id_birth_date" });
  });

  it("reads birth date and sex of every well-formed number; any single wrong digit is caught", () => {
    const days = fc.integer({ min: 0, max: 45_000 });
    const sequences = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(
        days,
        sequences,
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (day, sequence, place, shift) => {
          const bornOn = addDays("1900-01-01", day);
          const body = `110105${bornOn.replaceAll("-", "")}${String(sequence).padStart(3, "0")}`;
          const idNumber = withCheckMark(body);
          expect(parseIdNumber(idNumber, TODAY)).toEqual({
            ok: true,
            idNumber,
            sex: sequence % 2 === 1 ? "male" : "female",
            bornOn,
          });
          const wrongDigit = (Number(idNumber[place]) + shift) % 10;
          const wrong = idNumber.slice(0, place) + wrongDigit + idNumber.slice(place + 1);
          expect(parseIdNumber(wrong, TODAY).ok).toBe(false);
        },
      ),
    );
  });

  it("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        expect(parseIdNumber(raw, TODAY).ok).toBe(false);
      }),
    );
  });
});

describe("R3: age in full years", () => {
  it.each([
    ["2008-11-23", "2026-11-22", 17, "the day before the birthday"],
    ["2008-11-23", "2026-11-23", 18, "the birthday itself"],
    ["1986-11-23", "2026-11-22", 39, "the day before the 40th birthday"],
    ["1986-11-23", "2026-11-23", 40, "the 40th birthday"],
    ["2008-02-29", "2026-02-28", 17, "born on a leap day, 28 February of a common year"],
    ["2008-02-29", "2026-03-01", 18, "born on a leap day, 1 March of a common year"],
    ["2008-02-29", "2028-02-28", 19, "born on a leap day, the day before it in a leap year"],
    ["2008-02-29", "2028-02-29", 20, "born on a leap day, on it"],
    ["2026-11-22", "2026-11-22", 0, "the day of birth"],
    ["2026-11-22", "2026-11-21", -1, "before birth"],
    ["2000-12-31", "2026-01-01", 25, "the turn of the year"],
  ])("born %s, on %s: %i (%s)", (bornOn, on, age) => {
    expect(ageOn(bornOn, on)).toBe(age);
  });

  it("rises by one on the birthday and never otherwise", () => {
    const births = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays("1930-01-01", days));
    fc.assert(
      fc.property(births, fc.integer({ min: 1, max: 60 }), (bornOn, years) => {
        const sameDay = `${Number(bornOn.slice(0, 4)) + years}${bornOn.slice(4)}`;
        const birthday = isCalendarDate(sameDay) ? sameDay : addDays(addYears(bornOn, years), 1);
        expect(ageOn(bornOn, birthday)).toBe(years);
        expect(ageOn(bornOn, addDays(birthday, -1))).toBe(years - 1);
        expect(ageOn(bornOn, addDays(birthday, 1))).toBe(years);
      }),
    );
  });
});
