/** Above a table: searching, narrowing, taking it along as a file, asking again. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { say, t } from "../../words/text.ts";
import { alter, type Query } from "../place.ts";
import { isFilter, pathOf } from "./loading.ts";

export function Toolbar({
  table,
  query,
  xlsx,
  filtering,
  onFilter,
  refresh,
}: {
  table: string;
  query: Query;
  xlsx: boolean;
  filtering: boolean;
  onFilter: () => void;
  refresh: () => void;
}): VNode {
  const [said, setSaid] = useState(false);
  const narrowed = Object.keys(query).filter(isFilter).length;
  return (
    <>
      <div class="tools">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const q = new FormData(event.currentTarget).get("q");
            alter({
              q: typeof q === "string" && q.trim() ? q.trim() : null,
              cursor: null,
              row: null,
            });
          }}
        >
          <input
            key={query.q ?? ""}
            type="search"
            name="q"
            defaultValue={query.q ?? ""}
            aria-label={t(say("office.search"))}
            placeholder={t(say("office.search"))}
            data-test="search"
          />
        </form>
        <button type="button" aria-expanded={filtering} data-test="filter" onClick={onFilter}>
          {narrowed === 0 ? t(say("office.filter")) : t(say("office.filters", { count: narrowed }))}
        </button>
        <a class="button" href={file(table, query, ".csv")} download data-test="export-csv">
          CSV
        </a>
        {xlsx ? (
          <a class="button" href={file(table, query, ".xlsx")} download data-test="export-xlsx">
            XLSX
          </a>
        ) : (
          <button type="button" data-test="export-xlsx" onClick={() => setSaid(true)}>
            XLSX
          </button>
        )}
        <button type="button" data-test="refresh" onClick={refresh}>
          {t(say("office.refresh"))}
        </button>
      </div>
      {said ? <p role="status">{t(say("office.no_xlsx"))}</p> : null}
    </>
  );
}

const file = (table: string, { cursor, ...query }: Query, end: string): string =>
  `/api/v1${pathOf(table, query, end)}`;
