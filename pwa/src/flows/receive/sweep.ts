/** Receive with a sled: what is expected is booked tag by tag, everything else is shown and left for a hand. */
import type { AnyDraft, Scan } from "../../domain/operation.ts";
import type { PoLineRow } from "../../domain/rows.ts";
import { say } from "../../words/text.ts";
import type { Feedback, Step, World } from "../flow.ts";
import { type Filling, gap, itemName } from "../goods.ts";
import {
  lines,
  type Piece,
  type Sorted,
  type SweptGesture,
  sorted,
  summary,
  tallied,
  type Unit,
} from "../sweep/swept.ts";
import { NOTHING } from "../tally.ts";
import { draft, unitDraft } from "./book.ts";
import {
  linesOf,
  open,
  type Session,
  type State,
  type SweptDock,
  UNSWEPT_DOCK,
  waitingFor,
} from "./state.ts";

export const sweptAt = (session: Session): SweptDock => session.swept ?? UNSWEPT_DOCK;

export function swept(session: Session, gesture: SweptGesture, world: World): Step<State> {
  const before = sweptAt(session);
  const mine = session.unit ? [session.unit.lpn] : [];
  const found = sorted(gesture.tags, [...before.seen, ...before.unknown, ...mine]);
  const step =
    found.pieces.length + found.units.length + found.unknown.length > 0
      ? batch(session, gesture.sweep, found, world)
      : { state: { at: "goods", session } as const };
  return gesture.over ? { ...step, feedback: said(session, gesture.sweep, world) } : step;
}

/** Where a piece belongs, as far as papers tell. */
interface Placed {
  readonly booked: ReadonlyArray<{ readonly piece: Piece; readonly line: PoLineRow | null }>;
  readonly foreign: readonly string[];
  readonly undecided: readonly string[];
  readonly lacking: readonly string[];
  readonly aboard: readonly string[];
}

function batch(session: Session, sweep: string, found: Sorted, world: World): Step<State> {
  const before = sweptAt(session);
  const placed = placing(session, found.pieces, world);
  const units = announced(found.units, world);
  const booked = placed.booked.map(({ piece }) => piece);
  const record = [...units.record(session), ...receipts(session, placed.booked, world)];
  const tally = tallied(before.tally, sweep, booked, units.booked.length, found.unknown);
  const after: SweptDock = {
    tally: record.length > 0 ? { ...tally, unknown: [] } : tally,
    seen: [...before.seen, ...[...booked, ...units.booked].map(({ identity }) => identity)],
    foreign: also(before.foreign, placed.foreign),
    undecided: also(before.undecided, placed.undecided),
    lacking: also(before.lacking, placed.lacking),
    strange: also(before.strange, units.strange),
    aboard: also(before.aboard, placed.aboard),
    unknown: [...before.unknown, ...found.unknown.map(({ data }) => data)],
  };
  return {
    state: { at: "goods", session: { ...session, last: null, swept: after } },
    record: told(record, tally.unknown),
  };
}

const also = (some: readonly string[], more: readonly string[]): readonly string[] =>
  more.length > 0 ? [...new Set([...some, ...more])] : some;

/** The first receipt of a batch carries to the office what nobody here knows. */
function told(record: readonly AnyDraft[], unknown: readonly Scan[]): readonly AnyDraft[] {
  const [first, ...rest] = record;
  if (!first || unknown.length === 0) {
    return record;
  }
  const scans = [...first.payload.scans, ...unknown];
  return [{ ...first, payload: { ...first.payload, scans } } as AnyDraft, ...rest];
}

function announced(units: readonly Unit[], world: World) {
  const known = units.map((unit) => ({ ...unit, row: world.get("asn_unit", unit.identity) }));
  const booked = known.filter(({ row }) => row && !row.received);
  return {
    booked,
    strange: known.filter(({ row }) => !row).map(({ identity }) => identity),
    record: (session: Session): AnyDraft[] =>
      booked.flatMap(({ row, scan }) => (row ? [unitDraft(session, row, scan)] : [])),
  };
}

/** Serials on announced pallets come with their pallet, whether it was read before or after them. */
function aboardAnnounced(world: World): ReadonlySet<string> {
  const units = world.all("asn_unit");
  return new Set(units.flatMap(({ contents }) => contents.flatMap(({ serial }) => serial ?? [])));
}

function placing(session: Session, pieces: readonly Piece[], world: World): Placed {
  const onPallets = aboardAnnounced(world);
  const lineOf = lineFinder(session, world);
  const booked: { piece: Piece; line: PoLineRow | null }[] = [];
  const aside = { foreign: [] as string[], undecided: [] as string[], lacking: [] as string[] };
  const aboard: string[] = [];
  for (const piece of pieces) {
    const { filling, identity } = piece;
    const line = lineOf(filling.item);
    if (onPallets.has(identity)) aboard.push(identity);
    else if (line === "foreign" || line === "undecided") aside[line].push(identity);
    else if (gap(filling, world.get("item", filling.item), true)) aside.lacking.push(identity);
    else booked.push({ piece, line });
  }
  return { booked, ...aside, aboard };
}

type Found = PoLineRow | null | "foreign" | "undecided";

/** The line of the order in hand, else the only one that waits for such goods: a sled hears the neighbours too. */
function lineFinder(session: Session, world: World): (item: string) => Found {
  const known = new Map<string, Found>();
  return (item) => {
    const line = known.get(item) ?? findLine(session, item, world);
    known.set(item, line);
    return line;
  };
}

function findLine(session: Session, item: string, world: World): Found {
  const waiting = waitingFor(item, world);
  if (session.po !== null) {
    const mine = linesOf(session.po, world).filter((line) => line.item === item);
    return mine.find((line) => waiting.includes(line)) ?? mine[0] ?? "foreign";
  }
  if (session.asn !== null) {
    const listed = world
      .all("asn_line")
      .some((one) => one.asn === session.asn && one.item === item);
    return listed ? null : "foreign";
  }
  const [only, ...more] = waiting;
  return only ? (more.length > 0 ? "undecided" : only) : "foreign";
}

/** One receipt a serial; goods without serials together. */
function receipts(session: Session, booked: Placed["booked"], world: World): AnyDraft[] {
  const lineOf = new Map(booked.map(({ piece, line }) => [piece.filling.item, line]));
  return lines(booked.map(({ piece }) => piece)).map((filling: Filling) =>
    draft(
      session,
      {
        filling,
        line: lineOf.get(filling.item)?.id ?? null,
        unit: session.unit?.lpn ?? null,
        condition: "good",
        reason: null,
        tally: NOTHING,
      },
      filling.quantity,
      world.newId(),
      world,
    ),
  );
}

/** More than was ordered is said, like anywhere else at the dock. */
function said(session: Session, sweep: string, world: World): Feedback {
  const { tally } = sweptAt(session);
  const over = (session.po === null ? [] : linesOf(session.po, world)).find(
    (line) =>
      open(line) !== null &&
      (line.received ?? 0) > (line.ordered ?? 0) &&
      tally.groups.some(({ item }) => item === line.item),
  );
  return over && tally.sweep === sweep && tally.fresh > 0
    ? {
        tone: "caution",
        words: say("receive.over", {
          over: (over.received ?? 0) - (over.ordered ?? 0),
          item: itemName(world, over.item),
        }),
      }
    : summary(tally, sweep);
}
