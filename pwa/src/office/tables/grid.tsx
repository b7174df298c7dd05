/** Rows and columns: headers sort, the first cell opens the row, arrows walk. */
import type { VNode } from "preact";
import { columnOf } from "../../words/codes.ts";
import { say, t } from "../../words/text.ts";
import type { Answered, Column, Row } from "./answer.ts";
import { type Reading, shown } from "./cell.ts";

export interface GridProps {
  readonly answer: Answered;
  readonly reading: Reading;
  readonly busy: boolean;
  /** The row that is open beside the table. */
  readonly chosen: string | null;
  readonly onSort: (sort: string) => void;
  readonly onOpen: (row: Row) => void;
}

/** Beside an open row there is room for what names the others; the rest of this one is there. */
const BESIDE = 3;

const RIGHT: readonly string[] = ["number", "quantity"];
const side = (column: Column): string | undefined =>
  RIGHT.includes(column.kind) ? "figure" : undefined;

export function Grid({ answer, reading, busy, chosen, onSort, onOpen }: GridProps): VNode {
  const all = answer.columns.filter((column) => column.shown);
  const columns = chosen === null ? all : all.slice(0, BESIDE);
  return (
    <div class="grid" aria-busy={busy}>
      <table data-test="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.name} column={column} sort={answer.sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walk}>
          {answer.rows.map((row) => (
            <tr
              key={row.key}
              data-test="table-row"
              aria-selected={row.key === chosen}
              onClick={() => onOpen(row)}
            >
              {columns.map((column, n) => (
                <Cell
                  key={column.name}
                  column={column}
                  words={shown(column, row, reading)}
                  opens={n === 0}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A code is read in one piece; longer ones nobody reads aloud. */
const CODE = /^\S{1,20}$/;

function Cell({ column, words, opens }: { column: Column; words: string; opens: boolean }): VNode {
  return (
    <td
      class={side(column) ?? (CODE.test(words) ? "whole" : undefined)}
      data-column={column.name}
      data-kind={column.kind}
    >
      {opens ? (
        <button type="button" class="plain" data-test="open-row">
          {words}
        </button>
      ) : (
        words
      )}
    </td>
  );
}

function Head({
  column,
  sort,
  onSort,
}: {
  column: Column;
  sort: string;
  onSort: (sort: string) => void;
}): VNode {
  const up = sort === column.name;
  const down = sort === `-${column.name}`;
  const name = t(columnOf(column.name));
  return (
    <th
      scope="col"
      class={side(column)}
      aria-sort={up ? "ascending" : down ? "descending" : undefined}
    >
      {column.sorts ? (
        <button
          type="button"
          class="plain"
          data-test={`sort-${column.name}`}
          title={t(say("office.sort", { name }))}
          onClick={() => onSort(up ? `-${column.name}` : column.name)}
        >
          {name}
          <svg class="arrow" viewBox="0 0 24 24" aria-hidden="true" data-on={up || down}>
            <path d={down ? "M5 9l7 7 7-7" : "M5 15l7-7 7 7"} />
          </svg>
        </button>
      ) : (
        name
      )}
    </th>
  );
}

/** Up and down go from row to row, as in every list. */
function walk(event: KeyboardEvent): void {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  const openers = [...event.currentTarget.querySelectorAll<HTMLElement>("button.plain")];
  const at = openers.indexOf(event.target as HTMLElement);
  openers[at + step]?.focus();
  event.preventDefault();
}
