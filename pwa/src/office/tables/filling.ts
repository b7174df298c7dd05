/** From what was typed into a form to the payload of its operation. */
import type { Api } from "../../device.ts";
import { IDENTIFIERS } from "../../domain/identification/tables.ts";
import { say, type Text } from "../../words/text.ts";
import { body, list, number, text } from "../rows.ts";
import { answered, type Row } from "./answer.ts";
import { type Field, type Form, type Packaging, TONGUES } from "./forms.ts";

export type Typed = Readonly<Record<string, FormDataEntryValue | null>>;
export interface Filled {
  readonly payload: Readonly<Record<string, unknown>>;
  /** What is wrong, by field. */
  readonly wrong: Readonly<Record<string, Text>>;
}

const word = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
};

/** Nothing, or as many digits as GS1 gives out. */
const PREFIX = /^(\d{4,12})?$/;

/** “(01) (17) (10)”, “01|17|10” …: known AIs, each once; null where something else is among them. */
function aisIn(typed: string): readonly string[] | null {
  const codes = typed.split(/[\s()|,;]+/).filter((code) => code !== "");
  const known = codes.every((code) => IDENTIFIERS.has(code));
  return known && new Set(codes).size === codes.length ? codes : null;
}

export async function fill(
  api: Api,
  { fields }: Form,
  form: FormData,
  packagings: readonly Packaging[],
): Promise<Filled> {
  const payload: Record<string, unknown> = {};
  const wrong: Record<string, Text> = {};
  const found: Record<string, Row> = {};
  for (const field of fields) {
    const typed = word(form, field.name);
    if (typed === "" && "needed" in field) {
      wrong[field.name] = say("form.needed");
    } else if (field.type === "reference") {
      const row = typed === "" ? null : await lookUp(api, field, typed);
      if (typed !== "" && row === null) wrong[field.name] = say("form.unknown", { code: typed });
      if (row) found[field.name] = row;
      payload[field.name] = row ? text(row.id) : null;
    } else if (field.type === "packaging") {
      const known = packagingOf(found[field.of], typed);
      if (known === undefined) wrong[field.name] = say("form.unknown", { code: typed });
      payload[field.name] = known ?? null;
    } else if (field.type === "ais") {
      const codes = aisIn(typed);
      if (codes === null) wrong[field.name] = say("form.bad_ais");
      payload[field.name] = codes;
    } else if (field.type === "prefix") {
      if (!PREFIX.test(typed)) wrong[field.name] = say("form.bad_prefix");
      payload[field.name] = typed;
    } else {
      payload[field.name] = plain(field, form, typed, packagings);
    }
  }
  return { payload, wrong };
}

function plain(
  field: Exclude<Field, { type: "reference" | "packaging" | "ais" | "prefix" }>,
  form: FormData,
  typed: string,
  packagings: readonly Packaging[],
): unknown {
  switch (field.type) {
    case "text":
    case "choice":
      return typed === "" ? null : typed;
    case "number":
      return typed === "" ? null : Number(typed);
    case "flag":
      return form.has(field.name);
    case "packagings":
      return packagings.filter(({ name }) => name !== "");
    case "roles":
      return form.getAll(field.name);
    case "label":
      return Object.fromEntries(
        TONGUES.map((tongue) => [tongue, word(form, `${field.name}_${tongue}`)]),
      );
  }
}

async function lookUp(
  api: Api,
  field: Extract<Field, { type: "reference" }>,
  code: string,
): Promise<Row | null> {
  const query = new URLSearchParams({ [field.by]: code, limit: "200" });
  const reply = await api.get(`/office/tables/${field.table}?${query}`);
  const rows = reply.ok ? answered(reply.body).rows : [];
  return rows.find((row) => row[field.by] === code) ?? null;
}

/** Its id; null for the single piece; undefined where the item has no such packaging. */
function packagingOf(item: Row | undefined, name: string): string | null | undefined {
  if (name === "") return null;
  const known = list(item?.packagings).map(body);
  const one = known.find((packaging) => text(packaging.name) === name);
  return one ? text(one.id) : undefined;
}

export const packagingsOf = (row: Row | null): readonly Packaging[] =>
  list(row?.packagings).map((one) => ({
    name: text(body(one).name),
    quantity: number(body(one).quantity) ?? 1,
  }));
