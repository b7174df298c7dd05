/** Exceptions: both stories side by side, and one tap to decide; many of a kind with two. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { now } from "../../ui/ago.ts";
import { useDevice } from "../../ui/context.ts";
import { Icon } from "../../ui/icon.tsx";
import { codeOf } from "../../words/codes.ts";
import { named, say, type Text, t } from "../../words/text.ts";
import { decide, useAnswer } from "../deciding.ts";
import { body, type ExceptionRow, exceptionRow, items, type Kinds, kindsOf } from "../rows.ts";
import { Alike } from "./alike.tsx";
import { Case, isOverdue } from "./case.tsx";

const MOST = 200;
/** What may still explain itself does not wait for anybody; who wants to look at it may. */
const STATES = ["open", "settling"] as const;
const STATE_WORD = { open: "inbox.open", settling: "inbox.settling" } as const;
type State = (typeof STATES)[number];

const inboxOf = (answer: unknown): { rows: readonly ExceptionRow[]; kinds: Kinds } => ({
  rows: items(answer).map(exceptionRow),
  kinds: kindsOf(body(answer).kinds),
});

export function Inbox(): VNode {
  const device = useDevice();
  const [kind, setKind] = useState("");
  const [state, setState] = useState<State>("open");
  const path = `/exceptions?state=${state}&limit=${MOST}&code=${encodeURIComponent(kind)}`;
  const { found, trouble, refresh } = useAnswer(device.api, path, inboxOf);
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState<Text | null>(null);
  const gone = kind !== "" && found !== null && !found.kinds.some((one) => one.code === kind);
  useEffect(() => {
    if (gone) setKind("");
  }, [gone]);
  const rows = found?.rows ?? [];
  const row = rows.find((candidate) => candidate.id === chosen) ?? rows[0] ?? null;
  const alike = kind !== "" && rows.length > 1 && rows.every((one) => one.code === kind);
  const waiting = found?.kinds.find((one) => one.code === kind)?.count ?? rows.length;
  const tell = (words: Text): void => {
    setSaid(words);
    refresh();
  };
  const resolve = (resolution: string): void => {
    if (row) {
      const payload = { exception: row.id, resolution, note: null };
      void decide(device, "exceptions.resolve", payload).then(tell);
    }
  };
  return (
    <main class="desk">
      <section class="cases" aria-label={t(say("office.exceptions"))}>
        <h1>{t(say("office.exceptions"))}</h1>
        <Waiting kinds={found?.kinds ?? []} trouble={trouble} kind={kind} onKind={setKind} />
        <button type="button" data-test="refresh" onClick={refresh}>
          {t(say("office.refresh"))}
        </button>
        <Which state={state} onState={setState} />
        {alike ? <Alike key={kind} rows={rows} waiting={waiting} onSaid={tell} /> : null}
        <ul data-test="exceptions">
          {rows.map((one) => (
            <li key={one.id}>
              <Line row={one} pressed={one.id === row?.id} onChoose={() => setChosen(one.id)} />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <p role="status" data-test="feedback">
          {said ? t(said) : ""}
        </p>
        {row ? (
          <Case
            key={row.id}
            row={row}
            onResolve={resolve}
            onMapped={() => tell(say("office.done"))}
          />
        ) : null}
        {found?.rows.length === 0 ? (
          <p class="calm" data-test="empty-inbox">
            {t(say(state === "open" ? "office.none" : "inbox.settling_none"))}
          </p>
        ) : null}
      </section>
    </main>
  );
}

function Which({ state, onState }: { state: State; onState: (state: State) => void }): VNode {
  return (
    <>
      <div class="row">
        {STATES.map((one) => (
          <button
            type="button"
            key={one}
            data-test={`show-${one}`}
            aria-pressed={one === state}
            onClick={() => onState(one)}
          >
            {t(named(STATE_WORD[one]))}
          </button>
        ))}
      </div>
      {state === "settling" ? <p>{t(say("inbox.settling_why"))}</p> : null}
    </>
  );
}

/** How many of which kind; one kind can be looked at alone. */
function Waiting({
  kinds,
  trouble,
  kind,
  onKind,
}: {
  kinds: Kinds;
  trouble: Text | null;
  kind: string;
  onKind: (kind: string) => void;
}): VNode {
  const all = kinds.reduce((sum, one) => sum + one.count, 0);
  return (
    <>
      <p>{trouble ? t(trouble) : t(say("office.waiting", { count: all }))}</p>
      <label>
        {t(say("inbox.kind"))}
        <select
          data-test="kind"
          value={kind}
          onChange={(event) => onKind(event.currentTarget.value)}
        >
          <option value="">{t(say("inbox.every_kind", { count: all }))}</option>
          {kinds.map((one) => (
            <option key={one.code} value={one.code}>
              {t(say("inbox.of_kind", { kind: codeOf(one.code), count: one.count }))}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function Line({
  row,
  pressed,
  onChoose,
}: {
  row: ExceptionRow;
  pressed: boolean;
  onChoose: () => void;
}): VNode {
  const overdue = isOverdue(row, now.value);
  return (
    <button
      type="button"
      data-test="exception"
      data-code={row.code}
      data-overdue={overdue}
      aria-pressed={pressed}
      onClick={onChoose}
    >
      <strong>
        {overdue ? <Icon name="clock" /> : null} {t(codeOf(row.code))}
      </strong>
      <span>{row.subject_label}</span>
    </button>
  );
}
