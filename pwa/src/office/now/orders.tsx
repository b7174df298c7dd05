/** The orders of a stage: let go, hold back, put first, cancel. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../ui/icon.tsx";
import { language, named, say, t, type Word } from "../../words/text.ts";
import { items } from "../rows.ts";
import { type Act, Ask, Note } from "./acting.tsx";
import { since } from "./age.ts";
import { useLive } from "./live.ts";
import { AGES, type Age, type OrderRow, orderRow, type Stage, type StageFigure } from "./rows.ts";
import { stageWords } from "./tiles.tsx";

const PAGE = 50;
const PRIORITIES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const AGE_WORD: Readonly<Record<Age, Word>> = {
  hour: "now.age.hour",
  shift: "now.age.shift",
  day: "now.age.day",
  older: "now.age.older",
};

const rowsOf = (answer: unknown): readonly OrderRow[] => items(answer).map(orderRow);

export function Orders({
  stage,
  figure,
  act,
}: {
  stage: Stage;
  figure: StageFigure | undefined;
  act: Act;
}): VNode {
  const [limit, setLimit] = useState(PAGE);
  const path = `/office/now/orders?stage=${stage}&limit=${limit}`;
  const { value: rows, refresh } = useLive(path, rowsOf);
  const deciding: Act = async (kind, payload) => {
    const done = await act(kind, payload);
    refresh();
    return done;
  };
  return (
    <section data-test="orders">
      <h2>
        {t(stageWords(stage))}
        {figure && stage !== "shipped" ? (
          <small>
            {AGES.map((age) => `${t(named(AGE_WORD[age]))}: ${figure.ages[age]}`).join(" · ")}
          </small>
        ) : null}
      </h2>
      {rows?.length === 0 ? <p class="calm">{t(say("now.none"))}</p> : null}
      {rows && rows.length > 0 ? <Table rows={rows} act={deciding} /> : null}
      {rows?.length === limit ? (
        <button type="button" data-test="more" onClick={() => setLimit(limit + PAGE)}>
          {t(say("now.more"))}
        </button>
      ) : null}
    </section>
  );
}

function Table({ rows, act }: { rows: readonly OrderRow[]; act: Act }): VNode {
  return (
    <table>
      <thead>
        <tr>
          <th>{t(say("now.order"))}</th>
          <th>{t(say("now.customer"))}</th>
          <th>{t(say("now.since"))}</th>
          <th>{t(say("now.due"))}</th>
          <th class="figure">{t(say("now.priority"))}</th>
          <th class="figure">{t(say("now.picked"))}</th>
          <th>{t(say("now.device"))}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.id} row={row} act={act} />
        ))}
      </tbody>
    </table>
  );
}

type Asking = "priority" | "cancel" | null;

function Line({ row, act }: { row: OrderRow; act: Act }): VNode {
  const [asking, setAsking] = useState<Asking>(null);
  return (
    <>
      <tr data-test="order" data-number={row.number}>
        <td>
          <strong class="number">{row.number}</strong>
          {row.backOrder ? <small> {t(say("now.back_order"))}</small> : null}
        </td>
        <td>{row.customer}</td>
        <td>{t(since(row.shippedAt ?? row.placedAt))}</td>
        <td>
          <Due row={row} />
        </td>
        <td class="figure">{row.priority}</td>
        <td class="figure">
          {row.picked}/{row.ordered}
        </td>
        <td>{row.heldBy ?? "–"}</td>
        <td>{row.stage === "shipped" ? null : <Buttons row={row} act={act} ask={setAsking} />}</td>
      </tr>
      {asking === null ? null : (
        <tr>
          <td colSpan={8}>
            <Question row={row} asking={asking} act={act} onBack={() => setAsking(null)} />
          </td>
        </tr>
      )}
    </>
  );
}

function Due({ row }: { row: OrderRow }): VNode {
  if (row.due === null) return <>–</>;
  const late = row.late && row.stage !== "shipped";
  return (
    <span class={late ? "marked" : ""}>
      {late ? <Icon name="alert" /> : null}
      {late
        ? t(say("now.late_one"))
        : new Date(row.due).toLocaleDateString(language.value, { dateStyle: "medium" })}
    </span>
  );
}

function Buttons({
  row,
  act,
  ask,
}: {
  row: OrderRow;
  act: Act;
  ask: (asking: Asking) => void;
}): VNode {
  const held = row.stage === "held";
  return (
    <div class="row">
      {row.stage === "open" || held ? (
        <button
          type="button"
          data-test={held ? "release" : "hold"}
          onClick={() => {
            const kind = held ? "ordering.release" : "ordering.hold_back";
            void act(kind, { number: row.number, note: null });
          }}
        >
          {t(say(held ? "now.release" : "now.hold"))}
        </button>
      ) : null}
      <button type="button" data-test="priority" onClick={() => ask("priority")}>
        {t(say("now.priority"))}
      </button>
      <button type="button" data-test="cancel" onClick={() => ask("cancel")}>
        {t(say("now.cancel"))}
      </button>
    </div>
  );
}

function Question({
  row,
  asking,
  act,
  onBack,
}: {
  row: OrderRow;
  asking: "priority" | "cancel";
  act: Act;
  onBack: () => void;
}): VNode {
  const [note, setNote] = useState("");
  const { number } = row;
  if (asking === "priority") {
    return (
      <Ask question={say("now.priority_ask", { number })} onBack={onBack}>
        {PRIORITIES.map((priority) => (
          <button
            type="button"
            key={priority}
            aria-pressed={priority === row.priority}
            data-test={`priority-${priority}`}
            onClick={() => {
              void act("ordering.prioritise", { number, priority, note: null });
              onBack();
            }}
          >
            {priority}
          </button>
        ))}
      </Ask>
    );
  }
  return (
    <Ask question={say("now.cancel_ask", { number })} onBack={onBack}>
      <Note value={note} onInput={setNote} />
      <button
        type="button"
        class="grave"
        data-test="cancel-yes"
        onClick={() => {
          void act("ordering.cancel_order", { number, note: note || null });
          onBack();
        }}
      >
        <Icon name="wrong" />
        {t(say("now.cancel_yes"))}
      </button>
    </Ask>
  );
}
