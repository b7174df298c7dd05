/** What readers saw at the doors: proposals to confirm, strays, tags that nobody knows. */
import type { VNode } from "preact";
import { named, say, type Text, t } from "../../words/text.ts";
import { Feedback } from "../now/acting.tsx";
import { since } from "../now/age.ts";
import { useLive } from "../now/live.ts";
import type { Signed } from "../rows.ts";
import { type Posting, usePosting } from "./posting.ts";
import { type Gates, gates, type Receipt, type Seen, type Shipment } from "./rows.ts";
import "../../styles/now.css";
import "../../styles/readers.css";

export function GatesPage({ person }: { person: Signed }): VNode {
  const { value, trouble, refresh } = useLive("/office/gates", gates);
  const posting = usePosting(refresh);
  const confirms = person.roles.includes("supervisor");
  return (
    <main class="now gates" data-test="gates">
      <div class="row">
        <h1>{t(say("gates.title"))}</h1>
        <Feedback said={posting.said} trouble={trouble} />
      </div>
      {value === null ? <p class="calm">{t(say("office.loading"))}</p> : null}
      {value !== null && isEmpty(value) ? <p class="calm">{t(say("gates.none"))}</p> : null}
      {value?.receipts.map((row) => (
        <ReceiptCase key={row.unit} row={row} posting={posting} confirms={confirms} />
      ))}
      {value?.shipments.map((row) => (
        <ShipmentCase key={row.order} row={row} posting={posting} confirms={confirms} />
      ))}
      {value && value.strays.length > 0 ? (
        <Listed
          name="strays"
          title={say("gates.strays")}
          posting={posting}
          rows={value.strays.map((row) => ({
            row,
            what: [row.code ?? row.tag, row.item],
            why: t({ ...named(row.why), values: { place: row.book } }),
          }))}
        />
      ) : null}
      {value && value.unknown.length > 0 ? (
        <Listed
          name="unknown"
          title={say("gates.unknown")}
          posting={posting}
          rows={value.unknown.map((row) => ({
            row,
            what: [row.code ?? row.tag, row.item],
            why: t(say("gates.times", { times: row.times })),
          }))}
        />
      ) : null}
    </main>
  );
}

const isEmpty = (value: Gates): boolean =>
  [value.receipts, value.shipments, value.strays, value.unknown].every((rows) => rows.length === 0);

/** Where and when, in one line. */
const facts = (row: Seen): string =>
  [row.reader, row.place, wayOf(row), t(since(row.at))].filter(Boolean).join(" · ");

/** Only a door has two sides. */
const wayOf = (row: Seen): string =>
  row.meaning === "dock_in" || row.meaning === "dock_out" ? t(named(row.direction)) : "";

function ReceiptCase({
  row,
  posting,
  confirms,
}: {
  row: Receipt;
  posting: Posting;
  confirms: boolean;
}): VNode {
  return (
    <article data-test="receipt">
      <h2>{t(say("gates.came_in", { unit: row.code ?? "", asn: row.asn }))}</h2>
      <p>{facts(row)}</p>
      <ul>
        {row.contents.map((line) => (
          <li key={line.goods}>
            {line.quantity} × {line.goods}
            {line.read > 0 ? ` (${t(say("gates.read_of", { count: line.read }))})` : ""}
          </li>
        ))}
      </ul>
      <Verdict
        row={row}
        posting={posting}
        confirm={confirms ? say("gates.receive") : null}
        path={`/office/gates/receipts/${row.unit}/confirm`}
      />
    </article>
  );
}

function ShipmentCase({
  row,
  posting,
  confirms,
}: {
  row: Shipment;
  posting: Posting;
  confirms: boolean;
}): VNode {
  return (
    <article data-test="shipment">
      <h2>{t(say("gates.went_out", { order: row.number, customer: row.customer || "–" }))}</h2>
      <p>{facts(row)}</p>
      <p>{t(say("gates.units_read", { units: row.read.join(", ") }))}</p>
      {row.missing.length > 0 ? (
        <p class="missing">{t(say("gates.units_missing", { units: row.missing.join(", ") }))}</p>
      ) : null}
      <Verdict
        row={row}
        posting={posting}
        confirm={confirms ? say(row.missing.length > 0 ? "gates.ship_read" : "gates.ship") : null}
        path={`/office/gates/shipments/${row.order}/confirm`}
      />
    </article>
  );
}

function Verdict({
  row,
  posting,
  confirm,
  path,
}: {
  row: Seen;
  posting: Posting;
  confirm: Text | null;
  path: string;
}): VNode {
  return (
    <div class="row">
      {confirm === null ? null : (
        <button
          type="button"
          class="primary"
          data-test="confirm"
          onClick={() => void posting.post(path)}
        >
          {t(confirm)}
        </button>
      )}
      <Dismiss row={row} posting={posting} />
    </div>
  );
}

function Dismiss({ row, posting }: { row: Seen; posting: Posting }): VNode {
  const settle = (): void => {
    const payload = { visits: row.visits, verdict: "dismissed", note: null };
    void posting.operate("readers.settle", payload);
  };
  return (
    <button type="button" data-test="dismiss" onClick={settle}>
      {t(say("gates.dismiss"))}
    </button>
  );
}

interface Line {
  readonly row: Seen;
  readonly what: readonly (string | null)[];
  readonly why: string;
}

function Listed({
  name,
  title,
  rows,
  posting,
}: {
  name: string;
  title: Text;
  rows: readonly Line[];
  posting: Posting;
}): VNode {
  return (
    <section>
      <h2>{t(title)}</h2>
      <table data-test={name}>
        <tbody>
          {rows.map(({ row, what, why }) => (
            <tr key={row.visits[0]}>
              <td class="tag">
                {what.filter(Boolean).map((words) => (
                  <div key={words}>{words}</div>
                ))}
              </td>
              <td>{facts(row)}</td>
              <td>{why}</td>
              <td>
                <Dismiss row={row} posting={posting} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
