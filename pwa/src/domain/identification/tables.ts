// The facts of the standards, compiled from the one source that both languages share.
import type { IdentifierRow, KeyName, SchemeRow, SerialForm } from "./facts.ts";
import { FACTS } from "./tables.gen.ts";

export const CHARACTERS = FACTS.characters;
export const UNITS: ReadonlyMap<string, string> = new Map(Object.entries(FACTS.units));
export const COUNTRIES: ReadonlySet<string> = new Set(FACTS.countries);
export const COUNTRY_CODES: ReadonlySet<string> = new Set(FACTS.country_codes);
export const CURRENCIES: ReadonlySet<string> = new Set(FACTS.currencies);
export const MEDIA_TYPES: ReadonlySet<string> = new Set(FACTS.media_types);
export const PACKAGE_TYPES: ReadonlySet<string> = new Set(FACTS.package_types);

export const OWN_PREFIXES = FACTS.own_prefixes;
export const COMMANDS: ReadonlySet<string> = new Set(FACTS.commands);
/** Both halves of the code that checks a scanner; between them stands FNC1. */
export const SCANNER_CHECK = FACTS.scanner_check;
export const ELEMENT_SYMBOLOGIES: ReadonlySet<string> = new Set(FACTS.element_symbologies);
export const RETAIL_SYMBOLOGIES: ReadonlySet<string> = new Set(FACTS.retail_symbologies);
export const TEXT_SYMBOLOGIES: ReadonlySet<string> = new Set(FACTS.text_symbologies);

/** One component of an AI's value. */
export interface Part {
  readonly charset: string;
  readonly characters: ReadonlySet<string>;
  readonly shortest: number;
  readonly longest: number;
  readonly optional: boolean;
  readonly rules: readonly string[];
}

/** One way to satisfy a companion rule: from each set at least one AI must be there. */
export type Companions = readonly ReadonlySet<string>[];

export interface ApplicationIdentifier {
  readonly code: string;
  readonly parts: readonly Part[];
  readonly shortest: number;
  readonly longest: number;
  readonly predefined: boolean;
  readonly excludes: ReadonlySet<string>;
  readonly needs: readonly (readonly Companions[])[];
  readonly qualifiers: readonly (readonly string[])[] | null;
  readonly attribute: boolean;
}

const CHARSETS: Readonly<Record<string, ReadonlySet<string>>> = {
  N: new Set(CHARACTERS.N),
  X: new Set(CHARACTERS.X),
  Y: new Set(CHARACTERS.Y),
  Z: new Set(CHARACTERS.Z),
};

/** "3100-3105" → the six codes. */
function span(text: string): string[] {
  return text.split(" ").flatMap((piece) => {
    const [first = "", last = first] = piece.split("-");
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, at) =>
      String(Number(first) + at).padStart(first.length, "0"),
    );
  });
}

function part(text: string): Part {
  const optional = text.startsWith("[");
  const [form = "", ...rules] = (optional ? text.slice(1, -1) : text).split(":");
  const [shortest = "", longest = shortest] = form.slice(1).split("-");
  return {
    charset: form.charAt(0),
    characters: CHARSETS[form.charAt(0)] ?? new Set(),
    shortest: Number(shortest),
    longest: Number(longest),
    optional,
    rules,
  };
}

const ROWS = FACTS.ais.flatMap((row) => span(row.ai).map((code) => [code, row] as const));

const CODES = ROWS.map(([code]) => code);
const PATTERNS = new Map<string, ReadonlySet<string>>();

/** "31nn" → every four-digit AI that begins with 31; each pattern occurs in many rows. */
function matching(pattern: string): ReadonlySet<string> {
  const known = PATTERNS.get(pattern);
  if (known !== undefined) {
    return known;
  }
  const stem = pattern.replace(/n+$/, "");
  const found = new Set(
    stem === pattern
      ? [pattern]
      : CODES.filter((code) => code.length === pattern.length && code.startsWith(stem)),
  );
  PATTERNS.set(pattern, found);
  return found;
}

function companions(alternative: string): Companions {
  return alternative.split("+").map(matching);
}

function identifier(code: string, row: IdentifierRow): ApplicationIdentifier {
  const parts = row.format.split(" ").map(part);
  const mandatory = parts.filter((one) => !one.optional);
  const excluded = (row.excludes ?? [])
    .flatMap((pattern) => [...matching(pattern)])
    .filter((other) => other !== code);
  return {
    code,
    parts,
    shortest: mandatory.reduce((sum, one) => sum + one.shortest, 0),
    longest: parts.reduce((sum, one) => sum + one.longest, 0),
    predefined: code.slice(0, 2) in FACTS.predefined,
    excludes: new Set(excluded),
    needs: (row.needs ?? []).map((rule) => rule.map(companions)),
    qualifiers: row.key ?? null,
    attribute: row.attribute ?? true,
  };
}

export const IDENTIFIERS: ReadonlyMap<string, ApplicationIdentifier> = new Map(
  ROWS.map(([code, row]) => [code, identifier(code, row)]),
);

/** One row of a partition table: bits and digits of company prefix and reference. */
export interface Partition {
  readonly prefixBits: number;
  readonly prefixDigits: number;
  readonly referenceBits: number;
  readonly referenceDigits: number;
}

/** A binary EPC scheme with a company prefix of known length. */
export interface Scheme {
  readonly name: string;
  readonly key: KeyName;
  readonly header: string;
  readonly partitions: readonly Partition[];
  readonly serial: SerialForm;
  readonly serialBits: number;
  readonly serialChars: number;
}

/** A binary EPC scheme of TDS 2: the key as digits, data may follow. */
export interface PlusScheme {
  readonly name: string;
  readonly key: KeyName;
  readonly header: string;
  readonly digits: number;
  readonly dated: boolean;
  readonly serialChars: number;
}

function scheme(row: SchemeRow): Scheme {
  return {
    name: row.scheme,
    key: row.key,
    header: row.header,
    partitions: FACTS.company_prefixes.map(([prefixBits, prefixDigits], at) => {
      const [referenceBits = 0, referenceDigits = 0] = row.references[at] ?? [];
      return { prefixBits, prefixDigits, referenceBits, referenceDigits };
    }),
    serial: row.serial,
    serialBits: row.serial_bits,
    serialChars: row.serial_chars,
  };
}

export const SCHEMES: ReadonlyMap<string, Scheme> = new Map(
  FACTS.epc_schemes.map((row) => [row.header, scheme(row)]),
);
export const PLUS_SCHEMES: ReadonlyMap<string, PlusScheme> = new Map(
  FACTS.epc_plus_schemes.map(({ scheme: name, serial_chars: serialChars, ...row }) => [
    row.header,
    { ...row, name, serialChars },
  ]),
);
export const OTHER_HEADERS: ReadonlyMap<string, string> = new Map(
  Object.entries(FACTS.epc_other_headers),
);
export const DATE_KINDS = FACTS.epc_dates;
export const DATA_CODINGS: ReadonlyMap<string, string> = new Map(
  FACTS.epc_data.flatMap((row) => span(row.ais).map((code) => [code, row.coding] as const)),
);
