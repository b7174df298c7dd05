/** The form of a requisition: for whom, by when, what and how many. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { say, t } from "../../words/text.ts";
import { type Act, Note } from "./acting.tsx";
import { FindOne, type Found } from "./find-one.tsx";

interface Line {
  readonly item: Found;
  readonly quantity: number;
}

/** The end of that day, here. */
const endOf = (day: string): number | null =>
  day === "" ? null : new Date(`${day}T23:59:59`).getTime();

export function AskFor({ act, onDone }: { act: Act; onDone: () => void }): VNode {
  const [forWhom, setForWhom] = useState("");
  const [day, setDay] = useState("");
  const [note, setNote] = useState("");
  const [lines, setLines] = useState<readonly Line[]>([]);
  const ready = forWhom.trim() !== "" && lines.length > 0;
  const ask = async (): Promise<void> => {
    const done = await act("requisitions.request", {
      lines: lines.map(({ item, quantity }) => ({ item: item.id, quantity })),
      for_whom: forWhom.trim(),
      wanted_by: endOf(day),
      note: note || null,
    });
    if (done) onDone();
  };
  return (
    <form
      class="form"
      data-test="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void ask();
      }}
    >
      <label>
        {t(say("wish.for_whom"))}
        <input
          data-test="for-whom"
          maxLength={120}
          value={forWhom}
          onInput={(event) => setForWhom(event.currentTarget.value)}
        />
      </label>
      <label>
        {t(say("wish.wanted_by"))}
        <input
          type="date"
          data-test="wanted-by"
          value={day}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
      </label>
      <OneMore
        onAdd={(line) => {
          setLines([...lines.filter((other) => other.item.id !== line.item.id), line]);
        }}
      />
      {lines.length > 0 ? (
        <ul class="wide">
          {lines.map(({ item, quantity }) => (
            <li key={item.id} class="row" data-test="wanted">
              <strong>{quantity}</strong> × {item.code} {item.name}
              <button
                type="button"
                onClick={() => setLines(lines.filter((line) => line.item.id !== item.id))}
              >
                {t(say("wish.remove"))}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Note value={note} onInput={setNote} />
      <div class="row wide">
        <button type="submit" class="primary" data-test="send" disabled={!ready}>
          {t(say("wish.send"))}
        </button>
      </div>
    </form>
  );
}

function OneMore({ onAdd }: { onAdd: (line: Line) => void }): VNode {
  const [item, setItem] = useState<Found | null>(null);
  const [pieces, setPieces] = useState("1");
  const quantity = Number(pieces);
  const ready = item !== null && Number.isInteger(quantity) && quantity > 0;
  return (
    <div class="row wide">
      <FindOne
        name="item"
        label={say("wish.item")}
        path="/requisitions/items?q="
        chosen={item}
        onChoose={setItem}
      />
      <label>
        {t(say("wish.quantity"))}
        <input
          class="short"
          data-test="pieces"
          inputMode="numeric"
          value={pieces}
          onInput={(event) => setPieces(event.currentTarget.value)}
        />
      </label>
      <button
        type="button"
        data-test="add"
        disabled={!ready}
        onClick={() => {
          if (item !== null && ready) {
            onAdd({ item, quantity });
            setItem(null);
            setPieces("1");
          }
        }}
      >
        {t(say("wish.add"))}
      </button>
    </div>
  );
}
