/** A table as a page: everything about it is in the address, so reload and back work. */
import type { FunctionComponent, VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { tableOf } from "../../words/codes.ts";
import { language, say, t } from "../../words/text.ts";
import { alter, place } from "../place.ts";
import type { Answered } from "./answer.ts";
import { Drawer } from "./drawer.tsx";
import { actionsOf, moreOf } from "./extras.ts";
import { Filters, Narrowed } from "./filters.tsx";
import { Grid } from "./grid.tsx";
import { isFilter, useTable } from "./loading.ts";
import { Toolbar } from "./toolbar.tsx";

export function tablePage(table: string): FunctionComponent {
  const Page = (): VNode => <TablePage table={table} />;
  Page.displayName = `TablePage(${table})`;
  return Page;
}

function TablePage({ table }: { table: string }): VNode {
  const { api } = useDevice();
  const { query } = place.value;
  const { answer, trouble, busy, refresh } = useTable(api, table, query);
  const [filtering, setFiltering] = useState(false);
  const reading = { timeZone: answer?.timeZone ?? "UTC", tongue: language.value };
  const row = answer?.rows.find(({ key }) => key === query.row) ?? null;
  const Actions = actionsOf(table);
  return (
    <main class="page" data-test="page" data-table={table}>
      <header class="top">
        <h1>{t(tableOf(table))}</h1>
        <p class="quiet" role="status" data-test="total">
          {answer ? totalOf(answer) : ""}
        </p>
        {Actions ? <Actions refresh={refresh} /> : null}
      </header>
      <Toolbar
        table={table}
        query={query}
        xlsx={answer?.xlsx ?? false}
        filtering={filtering}
        onFilter={() => setFiltering(!filtering)}
        refresh={refresh}
      />
      {answer && filtering ? (
        <Filters columns={answer.columns} query={query} reading={reading} />
      ) : null}
      {answer ? <Narrowed answer={answer} query={query} reading={reading} /> : null}
      {trouble ? (
        <div class="trouble" role="alert" data-test="trouble">
          <p>{t(trouble)}</p>
          <button type="button" data-test="retry" onClick={refresh}>
            {t(say("office.retry"))}
          </button>
        </div>
      ) : null}
      {answer ? (
        <div class={row ? "beside" : undefined}>
          <div class="sheetful">
            {answer.rows.length === 0 ? (
              <Empty narrowed={query.q !== undefined || Object.keys(query).some(isFilter)} />
            ) : (
              <Grid
                answer={answer}
                reading={reading}
                busy={busy}
                chosen={row?.key ?? null}
                onSort={(sort) => alter({ sort, cursor: null, row: null })}
                onOpen={({ key }) => alter({ row: key })}
              />
            )}
            <Pager answer={answer} />
          </div>
          {row ? (
            <Drawer
              table={table}
              row={row}
              answer={answer}
              reading={reading}
              refresh={refresh}
              More={moreOf(table)}
            />
          ) : null}
        </div>
      ) : trouble ? null : (
        <p class="calm" data-test="waiting">
          {t(say("office.loading"))}
        </p>
      )}
    </main>
  );
}

function totalOf({ total, more }: Answered): string {
  const count = new Intl.NumberFormat(language.value).format(total ?? 0);
  return t(say("office.rows", { count: more ? `${count}+` : count }));
}

function Empty({ narrowed }: { narrowed: boolean }): VNode {
  return (
    <p class="calm" data-test="empty">
      {t(say(narrowed ? "office.nothing_found" : "office.nothing_yet"))}
    </p>
  );
}

function Pager({ answer: { next, previous } }: { answer: Answered }): VNode | null {
  if (next === null && previous === null) return null;
  return (
    <nav class="pager" aria-label={t(say("office.paging"))}>
      <button
        type="button"
        disabled={previous === null}
        data-test="page-previous"
        onClick={() => alter({ cursor: previous, row: null })}
      >
        {t(say("office.previous"))}
      </button>
      <button
        type="button"
        disabled={next === null}
        data-test="page-next"
        onClick={() => alter({ cursor: next, row: null })}
      >
        {t(say("office.next"))}
      </button>
    </nav>
  );
}
