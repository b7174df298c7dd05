/** Goods of a row are held, or let go: a decision with a reason, in the log. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { ruled } from "../deciding.ts";
import { text } from "../rows.ts";
import type { RowProps } from "./drawer.tsx";

interface Subject {
  readonly kind: "lot" | "lpn" | "receipt";
  readonly id: string;
}

/** What of a row can be held: the lot before the unit it lies on. */
function subjectOf({ table, row }: RowProps): Subject | null {
  if (table === "purchase_order_lines") return { kind: "receipt", id: text(row.id) };
  if (table === "handling_units") return { kind: "lpn", id: text(row.id) };
  if (text(row.lot) !== "") return { kind: "lot", id: text(row.lot) };
  return text(row.unit_code) === "" ? null : { kind: "lpn", id: text(row.holder) };
}

export function Holding(props: RowProps): VNode | null {
  const subject = subjectOf(props);
  return subject ? <HoldIt {...props} subject={subject} /> : null;
}

const WHY = ["hold", "recall"] as const;

function HoldIt({ subject, refresh }: RowProps & { subject: Subject }): VNode {
  const device = useDevice();
  const [note, setNote] = useState("");
  const [said, setSaid] = useState<Text | null>(null);
  const hold = (why: (typeof WHY)[number]): void => {
    const payload = { subject_kind: subject.kind, subject: subject.id, why, note: note || null };
    void ruled(device, "quality.hold", payload).then(({ words }) => {
      setSaid(words);
      refresh();
    });
  };
  return (
    <section class="ask">
      <form onSubmit={(event) => event.preventDefault()}>
        <p>{t(say(`hold.of_${subject.kind}`))}</p>
        <Why note={note} onInput={setNote} />
        <div class="row">
          {WHY.map((why) => (
            <button type="button" key={why} data-test={`hold-${why}`} onClick={() => hold(why)}>
              {t(say(`hold.${why}`))}
            </button>
          ))}
        </div>
      </form>
      <p role="status" data-test="held">
        {said ? t(said) : ""}
      </p>
    </section>
  );
}

/** A row of the table of holds. */
export function Releasing({ row, refresh }: RowProps): VNode | null {
  const device = useDevice();
  const [note, setNote] = useState("");
  const [said, setSaid] = useState<Text | null>(null);
  const release = (): void => {
    const payload = { hold: text(row.id), note: note || null };
    void ruled(device, "quality.release", payload).then(({ words }) => {
      setSaid(words);
      refresh();
    });
  };
  return row.until === null || said ? (
    <section class="ask">
      {row.until === null ? (
        <form onSubmit={(event) => event.preventDefault()}>
          <Why note={note} onInput={setNote} />
          <button type="button" data-test="release-hold" onClick={release}>
            {t(say("hold.release"))}
          </button>
        </form>
      ) : null}
      <p role="status" data-test="released">
        {said ? t(said) : ""}
      </p>
    </section>
  ) : null;
}

function Why({ note, onInput }: { note: string; onInput: (text: string) => void }): VNode {
  return (
    <label>
      {t(say("acting.note"))}
      <input
        data-test="hold-note"
        maxLength={400}
        value={note}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
