/** Requisitions: ask, see where it stands, and for supervisors decide. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { language, named, say, t, type Word } from "../../words/text.ts";
import type { Signed } from "../rows.ts";
import "../../styles/now.css";
import { type Act, Feedback, useActing } from "./acting.tsx";
import { since } from "./age.ts";
import { AskFor } from "./ask-for.tsx";
import { useLive } from "./live.ts";
import { type Requisition, requisitions, type State } from "./requisition-rows.ts";

const STATE: Readonly<Record<State, Word>> = {
  requested: "wish.state.requested",
  approved: "wish.state.approved",
  rejected: "wish.state.rejected",
};

const DECIDERS = ["supervisor", "admin"];

export function RequisitionsPage({ person }: { person: Signed }): VNode {
  const decides = DECIDERS.some((role) => person.roles.includes(role));
  const { value: rows, trouble, refresh } = useLive("/requisitions?state=all", requisitions);
  const [open, setOpen] = useState(!decides);
  const { said, act } = useActing(refresh);
  const waitingFirst = rows?.toSorted(
    (one, other) => Number(other.state === "requested") - Number(one.state === "requested"),
  );
  return (
    <main class="now" data-test="requisitions">
      <div class="row">
        <h1>{t(say("now.requisitions"))}</h1>
        <Feedback said={said} trouble={trouble} />
        <button
          type="button"
          class="end primary"
          data-test="ask-for"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(say("wish.ask"))}
        </button>
      </div>
      {open ? <AskFor act={act} onDone={() => setOpen(false)} /> : null}
      {rows?.length === 0 ? <p class="calm">{t(say("wish.none"))}</p> : null}
      {waitingFirst?.map((row) => (
        <Wish key={row.id} row={row} act={act} decides={decides} />
      ))}
    </main>
  );
}

function Wish({ row, act, decides }: { row: Requisition; act: Act; decides: boolean }): VNode {
  const facts = [
    t(say("adjust.by", { name: row.askedBy ?? "–", ago: since(row.askedAt) })),
    row.wantedBy === null
      ? null
      : t(
          say("wish.wanted", {
            day: new Date(row.wantedBy).toLocaleDateString(language.value, { dateStyle: "medium" }),
          }),
        ),
    row.note,
  ];
  return (
    <article data-test="requisition" data-number={row.number}>
      <h2>
        {row.number} · {row.forWhom}{" "}
        <small data-test="standing">
          {t(named(row.progress ? `wish.progress.${row.progress}` : STATE[row.state]))}
        </small>
      </h2>
      <p>{facts.filter(Boolean).join(" · ")}</p>
      {row.decisionNote ? <p>“{row.decisionNote}”</p> : null}
      {row.state === "requested" && decides && !row.mine ? (
        <Decide row={row} act={act} />
      ) : (
        <ul>
          {row.lines.map((line) => (
            <li key={line.item}>
              {line.approved === null || line.approved === line.quantity
                ? line.quantity
                : `${line.approved} / ${line.quantity}`}{" "}
              × {line.words}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function Decide({ row, act }: { row: Requisition; act: Act }): VNode {
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState("");
  const lines = row.lines.map(({ item, quantity }) => ({
    item,
    quantity: Number(changed[item] ?? quantity),
  }));
  const sound = lines.every(({ quantity }) => Number.isInteger(quantity) && quantity >= 0);
  return (
    <>
      {row.lines.map((line) => (
        <label key={line.item} class="row">
          <input
            class="short"
            data-test="granted"
            inputMode="numeric"
            value={changed[line.item] ?? `${line.quantity}`}
            onInput={(event) => {
              setChanged({ ...changed, [line.item]: event.currentTarget.value });
            }}
          />
          × {line.words}
        </label>
      ))}
      <div class="row">
        <button
          type="button"
          class="primary"
          data-test="approve"
          disabled={!sound}
          onClick={() =>
            void act("requisitions.approve", { requisition: row.id, lines, note: null })
          }
        >
          {t(say("acting.approve"))}
        </button>
        <label class="row">
          {t(say("wish.why_not"))}
          <input
            data-test="why-not"
            maxLength={400}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <button
          type="button"
          data-test="reject"
          disabled={reason.trim() === ""}
          onClick={() => void act("requisitions.reject", { requisition: row.id, reason })}
        >
          {t(say("acting.reject"))}
        </button>
      </div>
    </>
  );
}
