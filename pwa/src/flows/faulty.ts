/** Codes that are damaged or misprinted: whoever scanned them went on, and the supervisor gets them raw. */
import type { AnyDraft, Kind, Scan } from "../domain/operation.ts";
import type { Gesture } from "./flow.ts";

/** So many go with an operation, and so much of each. */
const MOST = 10;
const LONGEST = 512;
/** No envelope holds these: a label must not make its operation unreadable. */
const UNWRITTEN = /[\p{Cc}\p{Cs}]/gu;
const AIM = /^\][A-Za-z][0-9A-Za-z]/;

/** What tells where it was: the next of them takes along what was scanned there. */
const CARRIERS: ReadonlySet<Kind> = new Set<Kind>([
  "receiving.receive_line",
  "receiving.receive_unit",
  "putaway.put_away",
  "moving.move",
  "picking.pick",
  "picking.report_short",
  "shipping.ship",
  "counting.finish_bin",
]);

export function heardFaulty(before: readonly Scan[], gesture: Gesture): readonly Scan[] {
  if (gesture.type !== "scanned") return before;
  const { resolved } = gesture;
  if (resolved.type !== "unknown" || resolved.fault === undefined) return before;
  const { data, symbology } = resolved.scan;
  const aim = symbology?.startsWith("]") ? symbology : "";
  const kept = `${aim}${data}`.slice(0, LONGEST).replace(UNWRITTEN, "\ufffd");
  const scan: Scan = { data: kept, symbology: "refused" };
  const others = before.filter((one) => one.data !== scan.data);
  return [...others, scan].slice(-MOST);
}

/** The operations, the first that tells a place with these scans beside its own. */
export function carrying<D extends AnyDraft>(record: readonly D[], faulty: readonly Scan[]): D[] {
  const first = record.findIndex(({ kind }) => CARRIERS.has(kind));
  return record.map((draft, at) => {
    if (at !== first || faulty.length === 0) return draft;
    const scans = [...draft.payload.scans, ...untold([draft], faulty)];
    return { ...draft, payload: { ...draft.payload, scans } };
  });
}

/** What still waits for an operation that can take it along; what was counted under its code is told. */
export function leftOver(record: readonly AnyDraft[], faulty: readonly Scan[]): readonly Scan[] {
  if (record.some(({ kind }) => CARRIERS.has(kind))) return [];
  const left = untold(record, faulty);
  return left.length === faulty.length ? faulty : left;
}

/** A lot or a serial that looks like a bad code is among the scans it was taken for. */
function untold(record: readonly AnyDraft[], faulty: readonly Scan[]): readonly Scan[] {
  const told = new Set(record.flatMap(({ payload }) => payload.scans.map(({ data }) => data)));
  return faulty.filter(({ data }) => !told.has(data) && !told.has(data.replace(AIM, "")));
}
