/** Handhelds, exceptions by kind, and goods to put back: lists without decisions. */
import type { ComponentChildren, VNode } from "preact";
import { Icon } from "../../ui/icon.tsx";
import { codeOf } from "../../words/codes.ts";
import { named, say, type Text, t, type Word } from "../../words/text.ts";
import { older, since } from "./age.ts";
import type { ExceptionFigure, HandheldRow, PutBack, Severity } from "./rows.ts";

const SILENT_MINUTES = 30;
const CLOCK_MS = 2000;
const NEARLY_FULL = 90;

function Marked({ children }: { children: ComponentChildren }): VNode {
  return (
    <span class="marked">
      <Icon name="alert" />
      {children}
    </span>
  );
}

const Nothing = (): VNode => <p class="calm">{t(say("now.none"))}</p>;

const clock = (offset: number): Text => {
  const n = Math.round(Math.abs(offset) / 1000);
  return offset > 0 ? say("now.clock_behind", { n }) : say("now.clock_ahead", { n });
};

function Clock({ offset }: { offset: number | null }): VNode {
  if (offset === null) return <>–</>;
  if (Math.abs(offset) < CLOCK_MS) return <>{t(say("now.clock_right"))}</>;
  return <Marked>{t(clock(offset))}</Marked>;
}

function Seen({ at }: { at: number | null }): VNode {
  const silent = at !== null && older(at, SILENT_MINUTES);
  return silent ? (
    <Marked>
      {t(since(at))}, {t(say("now.silent"))}
    </Marked>
  ) : (
    <span>{t(since(at))}</span>
  );
}

function Unsent({ row }: { row: HandheldRow }): VNode {
  if (row.unsent === 0) return <>0</>;
  if (row.unsentSince === null) return <Marked>{row.unsent}</Marked>;
  return (
    <Marked>
      {row.unsent} <small>({t(since(row.unsentSince))})</small>
    </Marked>
  );
}

/** A browser that may forget, or that soon cannot remember more. */
function Disk({ row }: { row: HandheldRow }): VNode | null {
  if (row.used !== null && row.used >= NEARLY_FULL) {
    return <Marked>{t(say("now.full", { n: row.used }))}</Marked>;
  }
  return row.persisted === false ? <Marked>{t(say("now.storage"))}</Marked> : null;
}

export function Handhelds({ rows }: { rows: readonly HandheldRow[] }): VNode {
  if (rows.length === 0) return <Nothing />;
  return (
    <table data-test="handhelds">
      <thead>
        <tr>
          <th>{t(say("now.device"))}</th>
          <th>{t(say("now.who"))}</th>
          <th>{t(say("now.unsent"))}</th>
          <th>{t(say("now.clock"))}</th>
          <th>{t(say("now.last_seen"))}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.device} data-test="handheld">
            <td>
              <strong>{row.label}</strong>
            </td>
            <td>{row.person ?? t(say("now.nobody"))}</td>
            <td>
              <Unsent row={row} />
            </td>
            <td>
              <Clock offset={row.offset} />
            </td>
            <td>
              <Seen at={row.lastSeen} />
            </td>
            <td>
              <Disk row={row} />
              {row.leftOut > 0 ? (
                <Marked>{t(say("now.left_out", { count: row.leftOut }))}</Marked>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SEVERITY: Readonly<Record<Severity, Word>> = {
  high: "now.high",
  medium: "now.medium",
  low: "now.low",
};

export function Exceptions({
  rows,
  onInbox,
}: {
  rows: readonly ExceptionFigure[];
  onInbox: () => void;
}): VNode {
  if (rows.length === 0) return <Nothing />;
  return (
    <>
      <table data-test="exception-figures">
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <td>
                {row.severity === "high" ? (
                  <Marked>{t(named(SEVERITY.high))}</Marked>
                ) : (
                  t(named(SEVERITY[row.severity]))
                )}
              </td>
              <td>
                <strong>{t(codeOf(row.code))}</strong>
              </td>
              <td class="figure">{row.count}</td>
              <td>{t(say("now.oldest", { ago: since(row.oldest) }))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" data-test="to-inbox" onClick={onInbox}>
        {t(say("now.inbox"))}
      </button>
    </>
  );
}

export function ToPutBack({ rows }: { rows: readonly PutBack[] }): VNode {
  if (rows.length === 0) return <Nothing />;
  return (
    <table data-test="put-back">
      <thead>
        <tr>
          <th>{t(say("now.tote"))}</th>
          <th>{t(say("now.where"))}</th>
          <th>{t(say("now.item"))}</th>
          <th class="figure">{t(say("now.quantity"))}</th>
          <th>{t(say("now.order"))}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-test="put-back-row">
            <td>
              <strong>{row.tote ?? t(say("now.arms"))}</strong>
            </td>
            <td>{row.place ?? "–"}</td>
            <td>{row.item}</td>
            <td class="figure">{row.quantity}</td>
            <td>{row.number}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
