// From elements to an answer: the usual questions (which item, which lot, until when).
import { isoDate } from "./dates.ts";
import { judgeCompany } from "./elements.ts";
import { accepted, type Elements, type Epc, type Identified, type Kind } from "./reading.ts";

interface Around {
  readonly year: number | null;
  readonly gtin14?: string;
  readonly epc?: Epc;
}

/** Answer with these elements after judging the company they keep. */
export function summarise(kind: Kind, elements: Elements, around: Around): Identified {
  const warnings = judgeCompany(elements);
  const values = new Map(elements);
  return accepted(kind, {
    ais: elements,
    gtin14: values.get("01") ?? around.gtin14 ?? null,
    sscc: values.get("00") ?? null,
    serial: values.get("21") ?? null,
    lot: values.get("10") ?? null,
    expiry: expiry(values, around.year),
    quantity: quantity(values),
    epc: around.epc ?? null,
    warnings,
  });
}

/** Use-by date (17), else the date of an expiry with time (7003); best-before is neither. */
function expiry(values: ReadonlyMap<string, string>, year: number | null): string | null {
  const digits = values.get("17") ?? values.get("7003");
  return digits === undefined ? null : isoDate(digits, year);
}

function quantity(values: ReadonlyMap<string, string>): number | null {
  const digits = values.get("37") ?? values.get("30");
  return digits === undefined ? null : Number(digits);
}
