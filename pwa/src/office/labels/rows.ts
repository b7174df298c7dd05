/** What the labels page is told, and the question it asks: checked shapes. */
import { named, say, type Text, type Word } from "../../words/text.ts";
import { body, count, list, text } from "../start/rows.ts";

export const KINDS = [
  "location",
  "item",
  "packaging",
  "lot",
  "lpn",
  "tote",
  "badge",
  "command",
  "scanner",
] as const;
export type Kind = (typeof KINDS)[number];
export type Field = "zone" | "first" | "last" | "lot";

/** Which codes narrow a kind down. */
export const FIELDS: Readonly<Record<Kind, readonly Field[]>> = {
  location: ["zone", "first", "last"],
  item: ["first", "last"],
  packaging: ["first", "last"],
  lot: ["first", "lot"],
  lpn: ["first", "last"],
  tote: ["first", "last"],
  badge: ["first", "last"],
  command: [],
  scanner: [],
};

export interface Media {
  readonly name: string;
  readonly size: string;
  readonly each: number;
  readonly roll: boolean;
}

export interface Offered {
  readonly kind: Kind;
  readonly symbologies: readonly string[];
  readonly usual: string;
  readonly media: readonly Media[];
}

export interface Figures {
  readonly labels: number;
  readonly pages: number;
  readonly first: string;
  readonly last: string;
}

const isKind = (name: string): name is Kind => KINDS.some((kind) => kind === name);

export const offered = (answer: unknown): readonly Offered[] =>
  list(body(answer).items).flatMap((value) => {
    const row = body(value);
    const kind = text(row.kind);
    return isKind(kind)
      ? [
          {
            kind,
            symbologies: list(row.symbologies).map(text),
            usual: text(row.usual),
            media: list(row.media).map(media),
          },
        ]
      : [];
  });

function media(value: unknown): Media {
  const row = body(value);
  const size = list(row.label).map((side) => `${count(side)}`);
  return {
    name: text(row.name),
    size: size.join(" × "),
    each: count(row.each),
    roll: row.roll === true,
  };
}

/** A roll by its size, a sheet by how many labels it holds as well. */
export const mediaWords = ({ roll, size, each, name }: Media): Text =>
  roll
    ? say("labels.roll", { size })
    : say(name.startsWith("letter") ? "labels.letter" : "labels.a4", { size, each });

export const figures = (answer: unknown): Figures => {
  const told = body(answer);
  return {
    labels: count(told.labels),
    pages: count(told.pages),
    first: text(told.first),
    last: text(told.last),
  };
};

/** Everything that decides what is printed. */
export interface Wish {
  readonly kind: Kind;
  readonly zone: string;
  readonly first: string;
  readonly last: string;
  readonly lot: string;
  readonly symbology: string;
  readonly arrow: string;
  readonly media: string;
  readonly copies: number;
}

export const WISH: Wish = {
  kind: "location",
  zone: "",
  first: "",
  last: "",
  lot: "",
  symbology: "qr",
  arrow: "none",
  media: "",
  copies: 1,
};

/** Only what the kind knows, and nothing that is empty: an address to look at, print or keep. */
export function query(wish: Wish, more: Readonly<Record<string, string>> = {}): string {
  const fields = FIELDS[wish.kind].map((name) => [name, wish[name].trim()] as const);
  const all = [
    ...fields,
    ["symbology", wish.symbology],
    ["arrow", wish.kind === "location" ? wish.arrow : ""],
    ["media", wish.media],
    ["copies", `${wish.copies}`],
    ...Object.entries(more),
  ] as const;
  return `${new URLSearchParams(all.filter(([, value]) => value !== "").map((pair) => [...pair]))}`;
}

export const sheetOf = (wish: Wish, form: "pdf" | "svg" | "zpl", page = 1): string =>
  `/api/v1/office/labels/${wish.kind}.${form}?${query(wish, page > 1 ? { page: `${page}` } : {})}`;

export const fieldWords = (kind: Kind, field: Field): Text => {
  if (field === "first" && kind === "lot") return say("labels.sku");
  return named(`labels.${field}` satisfies Word);
};
