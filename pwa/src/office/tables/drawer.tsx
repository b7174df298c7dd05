/** One row with everything about it, and where it leads. */
import type { ComponentType, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { columnOf, tableOf } from "../../words/codes.ts";
import { say, t } from "../../words/text.ts";
import { addressOf, alter } from "../place.ts";
import { type Answered, followed, type Row } from "./answer.ts";
import { type Reading, shown } from "./cell.ts";

export interface RowProps {
  readonly table: string;
  readonly row: Row;
  readonly reading: Reading;
  readonly refresh: () => void;
}

export function Drawer({
  table,
  row,
  answer,
  reading,
  refresh,
  More,
}: RowProps & { answer: Answered; More: ComponentType<RowProps> | null }): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the paint: an Escape may come with the first sight of it.
  useLayoutEffect(() => heading.current?.focus(), [row.key]);
  useLayoutEffect(closeByEscape, []);
  const first = answer.columns.find((column) => column.shown);
  const rest = answer.columns.filter((column) => column.kind !== "id" && column !== first);
  const links = answer.opens.flatMap((link) => {
    const filters = followed(link, row);
    return filters ? [{ table: link.table, filters }] : [];
  });
  return (
    <section
      class="drawer"
      data-test="drawer"
      aria-label={first ? shown(first, row, reading) : undefined}
    >
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {first ? shown(first, row, reading) : ""}
        </h2>
        <button type="button" data-test="close-row" onClick={() => alter({ row: null })}>
          {t(say("office.close"))}
        </button>
      </header>
      <ul class="links">
        {links.map((link) => (
          <li key={`${link.table}/${Object.keys(link.filters).join()}`}>
            <a href={addressOf(link.table, link.filters)} data-test={`to-${link.table}`}>
              {t(tableOf(link.table))}
            </a>
          </li>
        ))}
      </ul>
      {More ? (
        <More key={row.key} table={table} row={row} reading={reading} refresh={refresh} />
      ) : null}
      <dl>
        {rest.map((column) => (
          <div key={column.name}>
            <dt>{t(columnOf(column.name))}</dt>
            <dd data-column={column.name}>{shown(column, row, reading)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Wherever the focus is: after a click it is with the scanner's field. It goes back to the row. */
function closeByEscape(): () => void {
  const close = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    document.querySelector<HTMLElement>('tr[aria-selected="true"] button')?.focus();
    alter({ row: null });
  };
  addEventListener("keydown", close);
  return () => removeEventListener("keydown", close);
}
