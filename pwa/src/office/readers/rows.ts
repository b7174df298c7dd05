/** What the office is told of readers and of what they read: checked shapes. */
import type { Word } from "../../words/text.ts";
import { type Body, body, list, maybe, number, text } from "../rows.ts";

export const MEANINGS = ["dock_in", "dock_out", "passage", "bin"] as const;
export type Meaning = (typeof MEANINGS)[number];
export const SIDES = ["outside", "inside"] as const;

export interface Point {
  readonly antenna: number;
  readonly place: string;
  readonly meaning: Meaning;
  readonly side: string | null;
}

export interface FixedReader {
  readonly id: string;
  readonly name: string;
  readonly revoked: boolean;
  readonly seenAt: number | null;
  readonly accepted: number;
  readonly duplicates: number;
  readonly bad: number;
  readonly points: readonly Point[];
  readonly unbound: readonly number[];
}

export interface Readers {
  readonly items: readonly FixedReader[];
  readonly places: readonly { readonly id: string; readonly code: string }[];
  readonly silence: number;
  readonly site: { readonly code: string; readonly name: string };
}

const meaning = (value: unknown): Meaning => MEANINGS.find((one) => one === value) ?? "passage";

const point = (value: unknown): Point => {
  const row = body(value);
  return {
    antenna: number(row.antenna) ?? 0,
    place: text(row.place_code),
    meaning: meaning(row.meaning),
    side: maybe(row.side),
  };
};

const reader = (value: unknown): FixedReader => {
  const row = body(value);
  return {
    id: text(row.id),
    name: text(row.name),
    revoked: row.revoked === true,
    seenAt: number(row.seen_at),
    accepted: number(row.accepted) ?? 0,
    duplicates: number(row.duplicates) ?? 0,
    bad: number(row.bad) ?? 0,
    points: list(row.points).map(point),
    unbound: list(row.unbound).flatMap((antenna) => number(antenna) ?? []),
  };
};

export const readers = (answer: unknown): Readers => {
  const told = body(answer);
  const site = body(told.site);
  return {
    items: list(told.items).map(reader),
    places: list(told.places).map((value) => ({
      id: text(body(value).id),
      code: text(body(value).code),
    })),
    silence: number(told.silence_s) ?? 3,
    site: { code: text(site.code), name: text(site.name) },
  };
};

export interface Seen {
  readonly visits: readonly string[];
  readonly times: number;
  readonly tag: string;
  readonly code: string | null;
  readonly place: string;
  readonly meaning: Meaning;
  readonly direction: Word;
  readonly reader: string;
  readonly at: number | null;
}

export interface Receipt extends Seen {
  readonly unit: string;
  readonly asn: string;
  readonly contents: readonly {
    readonly goods: string;
    readonly quantity: number;
    readonly read: number;
  }[];
}

export interface Shipment extends Seen {
  readonly order: string;
  readonly number: string;
  readonly customer: string;
  readonly read: readonly string[];
  readonly missing: readonly string[];
}

export interface Stray extends Seen {
  readonly why: Word;
  readonly book: string;
  readonly item: string | null;
}

export interface Unknown extends Seen {
  readonly item: string | null;
}

export interface Gates {
  readonly receipts: readonly Receipt[];
  readonly shipments: readonly Shipment[];
  readonly strays: readonly Stray[];
  readonly unknown: readonly Unknown[];
}

const WAYS: Readonly<Record<string, Word>> = { in: "is.way.in", out: "is.way.out" };
const WHYS: Readonly<Record<string, Word>> = {
  gone: "gates.why.gone",
  came_back: "gates.why.came_back",
  not_ready: "gates.why.not_ready",
  wrong_way: "gates.why.wrong_way",
};

const seen = (row: Body): Seen => ({
  visits: list(row.visits).map(text),
  times: number(row.times) ?? 1,
  tag: text(row.tag),
  code: maybe(row.code),
  place: text(row.place_code),
  meaning: meaning(row.meaning),
  direction: WAYS[text(row.direction)] ?? "is.way.unknown",
  reader: text(row.reader),
  at: number(row.at),
});

const rows = <T>(value: unknown, read: (row: Body) => T): readonly T[] =>
  list(value).map((row) => read(body(row)));

const contents = (row: Body): Receipt["contents"][number] => ({
  goods: `${text(row.sku)} ${text(row.name)}`.trim(),
  quantity: number(row.quantity) ?? 0,
  read: number(row.read) ?? 0,
});

export const gates = (answer: unknown): Gates => {
  const told = body(answer);
  return {
    receipts: rows(told.receipts, (row) => ({
      ...seen(row),
      unit: text(row.unit),
      asn: text(row.asn),
      contents: rows(row.contents, contents),
    })),
    shipments: rows(told.shipments, (row) => ({
      ...seen(row),
      order: text(row.order),
      number: text(row.number),
      customer: text(row.customer),
      read: list(row.read).map(text),
      missing: list(row.missing).map(text),
    })),
    strays: rows(told.strays, (row) => ({
      ...seen(row),
      why: WHYS[text(row.why)] ?? "gates.why.elsewhere",
      book: text(row.book_code),
      item: maybe(row.item),
    })),
    unknown: rows(told.unknown, (row) => ({ ...seen(row), item: maybe(row.item) })),
  };
};
