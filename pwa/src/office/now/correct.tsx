/** The form of a correction: what happened, where, to what, how many, why. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { uuid5 } from "../../domain/ids.ts";
import { named, say, t, type Word } from "../../words/text.ts";
import { limitWords } from "../rules/words.ts";
import { type Act, type Decision, Note } from "./acting.tsx";
import { type Choices, choices } from "./correction-rows.ts";
import { FindOne, type Found } from "./find-one.tsx";
import { useLive } from "./live.ts";

type What = "less" | "scrap" | "found" | "more";
const WHATS: ReadonlyArray<readonly [What, Word]> = [
  ["less", "adjust.less"],
  ["more", "adjust.more"],
  ["scrap", "adjust.scrap"],
  ["found", "adjust.found"],
];
const STATUSES = ["available", "quality", "damaged", "quarantine"] as const;
type Status = (typeof STATUSES)[number];

const KIND: Readonly<Record<What, Decision>> = {
  less: "stock.adjust",
  more: "stock.adjust",
  scrap: "stock.scrap",
  found: "stock.found",
};

interface Draft {
  readonly what: What;
  readonly place: Found;
  readonly item: Found;
  readonly quantity: number;
  readonly status: Status;
  readonly code: string;
  readonly reason: string;
  readonly note: string;
}

function payloadOf(draft: Draft): Readonly<Record<string, unknown>> {
  const { item, code, what } = draft;
  const identity = code === "" ? null : uuid5(item.id, code);
  const serial = item.tracking === "serial";
  return {
    place: draft.place.id,
    goods: {
      item: item.id,
      packaging: null,
      lot: serial ? null : identity,
      expiry: null,
      serial: serial ? identity : null,
      lpn: null,
      status: draft.status,
      quantity: draft.quantity,
    },
    reason: draft.reason,
    note: draft.note || null,
    scans: [],
    ...(what === "less" || what === "more" ? { direction: what } : {}),
  };
}

export function Correct({ act, onDone }: { act: Act; onDone: () => void }): VNode {
  const { value } = useLive("/adjustments/choices", choices);
  const [what, setWhat] = useState<What>("less");
  const [place, setPlace] = useState<Found | null>(null);
  const [item, setItem] = useState<Found | null>(null);
  const [quantity, setQuantity] = useState("1");
  const [status, setStatus] = useState<Status>("available");
  const [code, setCode] = useState("");
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const pieces = Number(quantity);
  const tracked = item !== null && item.tracking !== "none";
  const ready =
    place && item && reason && Number.isInteger(pieces) && pieces > 0 && (!tracked || code !== "");
  const post = async (): Promise<void> => {
    if (!(ready && place && item && reason)) return;
    const draft = { what, place, item, quantity: pieces, status, code, reason, note };
    const done = await act(KIND[what], payloadOf(draft));
    if (done) onDone();
  };
  return (
    <form
      class="form"
      data-test="correct-form"
      onSubmit={(event) => {
        event.preventDefault();
        void post();
      }}
    >
      <fieldset class="wide">
        <legend>{t(say("adjust.what"))}</legend>
        <div class="row">
          {WHATS.map(([name, word]) => (
            <button
              type="button"
              key={name}
              data-test={`what-${name}`}
              aria-pressed={what === name}
              onClick={() => setWhat(name)}
            >
              {t(named(word))}
            </button>
          ))}
        </div>
      </fieldset>
      <FindOne
        name="place"
        label={say("adjust.find_place")}
        path="/adjustments/find?what=place&q="
        chosen={place}
        onChoose={setPlace}
      />
      <FindOne
        name="item"
        label={say("adjust.find_item")}
        path="/adjustments/find?what=item&q="
        chosen={item}
        onChoose={setItem}
      />
      <label>
        {t(say("adjust.quantity"))}
        <input
          data-test="pieces"
          inputMode="numeric"
          value={quantity}
          onInput={(event) => setQuantity(event.currentTarget.value)}
        />
      </label>
      <label>
        {t(say("adjust.status"))}
        <select
          data-test="status"
          value={status}
          onChange={(event) => {
            const { value: picked } = event.currentTarget;
            setStatus(STATUSES.find((known) => known === picked) ?? "available");
          }}
        >
          {STATUSES.map((name) => (
            <option key={name} value={name}>
              {t(named(`status.${name}`))}
            </option>
          ))}
        </select>
      </label>
      {tracked ? (
        <label>
          {t(say(item.tracking === "lot" ? "adjust.lot" : "adjust.serial"))}
          <input
            data-test="lot"
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
      ) : null}
      <Reasons value={value} chosen={reason} onChoose={setReason} />
      <Note value={note} onInput={setNote} />
      <div class="row wide">
        <button type="submit" class="primary" data-test="post" disabled={!ready}>
          {t(say("adjust.send"))}
        </button>
        <p>{value === null ? "" : t(limitWords(value.limit))}</p>
      </div>
    </form>
  );
}

function Reasons({
  value,
  chosen,
  onChoose,
}: {
  value: Choices | null;
  chosen: string | null;
  onChoose: (id: string) => void;
}): VNode {
  return (
    <fieldset class="wide">
      <legend>{t(say("adjust.reason"))}</legend>
      <div class="row">
        {value?.reasons.map((reason) => (
          <button
            type="button"
            key={reason.id}
            data-test="reason"
            data-code={reason.code}
            aria-pressed={chosen === reason.id}
            onClick={() => onChoose(reason.id)}
          >
            {t({ words: reason.label })}
          </button>
        ))}
        {value?.reasons.length === 0 ? <p>{t(say("adjust.no_reasons"))}</p> : null}
      </div>
    </fieldset>
  );
}
