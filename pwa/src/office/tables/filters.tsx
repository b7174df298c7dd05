/** Narrowing a table: one field a column, and what is narrowed already as labels to take away. */
import type { VNode } from "preact";
import { columnOf, worded } from "../../words/codes.ts";
import { say, t } from "../../words/text.ts";
import { alter, type Query } from "../place.ts";
import { text } from "../rows.ts";
import type { Answered, Column } from "./answer.ts";
import { dayOf, endOfDay, type Reading, shown, startOfDay } from "./cell.ts";
import { isFilter } from "./loading.ts";

interface Part {
  readonly column: Column;
  readonly query: Query;
  readonly reading: Reading;
}

/** A narrowed table begins at its first page. */
const narrow = (name: string, value: string): void =>
  alter({ [name]: value === "" ? null : value, cursor: null, row: null });

export function Filters({
  columns,
  query,
  reading,
}: {
  columns: readonly Column[];
  query: Query;
  reading: Reading;
}): VNode {
  return (
    <div class="filters" data-test="filters">
      {columns
        .filter((column) => column.filters && column.kind !== "id")
        .map((column) => (
          <Filter key={column.name} column={column} query={query} reading={reading} />
        ))}
    </div>
  );
}

function Filter({ column, query, reading }: Part): VNode {
  switch (column.kind) {
    case "flag":
      return <Choice column={column} query={query} reading={reading} />;
    case "word":
      return <Choice column={column} query={query} reading={reading} />;
    case "number":
    case "quantity":
    case "instant":
    case "day":
      return <Range column={column} query={query} reading={reading} />;
    default:
      return (
        <label>
          {t(columnOf(column.name))}
          <input
            value={query[column.name] ?? ""}
            data-test={`filter-${column.name}`}
            onChange={(event) => narrow(column.name, event.currentTarget.value.trim())}
          />
        </label>
      );
  }
}

function Choice({ column, query }: Part): VNode {
  const choices = column.kind === "flag" ? ["true", "false"] : column.choices;
  const words = column.kind === "flag" ? "flag" : column.words;
  return (
    <label>
      {t(columnOf(column.name))}
      <select
        value={query[column.name] ?? ""}
        data-test={`filter-${column.name}`}
        onChange={(event) => narrow(column.name, event.currentTarget.value)}
      >
        <option value="">{t(say("office.all"))}</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {t(worded(words, choice))}
          </option>
        ))}
      </select>
    </label>
  );
}

function Range(part: Part): VNode {
  return (
    <fieldset>
      <legend>{t(columnOf(part.column.name))}</legend>
      <Edge {...part} edge="from" />
      <Edge {...part} edge="to" />
    </fieldset>
  );
}

function Edge({ column, query, reading, edge }: Part & { edge: "from" | "to" }): VNode {
  const name = `${column.name}.${edge}`;
  const value = query[name] ?? "";
  const instant = column.kind === "instant";
  const typed = instant && value !== "" ? dayOf(Number(value), reading.timeZone) : value;
  const read = (text: string): string => {
    if (!instant || text === "") return text;
    return `${(edge === "from" ? startOfDay : endOfDay)(text, reading.timeZone)}`;
  };
  return (
    <input
      type={instant || column.kind === "day" ? "date" : "number"}
      value={typed}
      aria-label={t(say(`office.${edge}`))}
      placeholder={t(say(`office.${edge}`))}
      data-test={`filter-${name}`}
      onChange={(event) => narrow(name, read(event.currentTarget.value))}
    />
  );
}

/** What tells an id to people: the first of these that a row has. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  actor: ["actor_name"],
  asn: ["number"],
  customer: ["customer_name"],
  device: ["device_label"],
  holder: ["unit_code", "place_code"],
  id: ["number", "sku", "code", "place_code"],
  item: ["sku"],
  order: ["number"],
  place: ["place_code"],
  purchase_order: ["purchase_order_number"],
  supplier: ["supplier_name"],
  unit: ["unit_code"],
  zone: ["zone_code"],
};

interface NarrowedProps {
  readonly answer: Answered;
  readonly query: Query;
  readonly reading: Reading;
}

export function Narrowed({ answer, query, reading }: NarrowedProps): VNode | null {
  const filters = Object.entries(query).filter(([name]) => isFilter(name));
  if (filters.length === 0) return null;
  return (
    <ul class="narrowed" data-test="narrowed">
      {filters.map(([name, value]) => (
        <li key={name}>
          <button type="button" onClick={() => narrow(name, "")}>
            {labelOf(answer, name, value, reading)}
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
              <path d="M6 6l12 12M18 6L6 18" />
            </svg>
            <span class="hidden">{t(say("office.take_away"))}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function labelOf(answer: Answered, name: string, value: string, reading: Reading): string {
  const [base = name, edge] = name.split(".");
  const column = answer.columns.find((one) => one.name === base);
  const title = t(columnOf(base));
  if (!column || column.kind === "id")
    return [title, called(answer, base)].filter(Boolean).join(": ");
  const typed =
    column.kind === "text"
      ? value
      : shown(column, { key: "", [base]: typedAs(column, value) }, reading);
  const border = edge === "from" ? "≥ " : edge === "to" ? "≤ " : "";
  return `${title}: ${border}${typed}`;
}

/** All rows have it in common, so the first one names it; an id itself says nothing to anybody. */
const called = ({ rows }: Answered, base: string): string =>
  (NAMES[base] ?? []).map((name) => text(rows[0]?.[name])).find((name) => name !== "") ?? "";

function typedAs(column: Column, value: string): string | number | boolean {
  if (column.kind === "flag") return value === "true";
  return ["number", "quantity", "instant"].includes(column.kind) ? Number(value) : value;
}
