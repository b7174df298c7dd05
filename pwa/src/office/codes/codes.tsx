/** Every code that means something only on this site; mapped here, or on the floor. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { named, say, t, type Word } from "../../words/text.ts";
import "../../styles/now.css";
import { useList } from "../deciding.ts";
import { Feedback, useActing } from "../now/acting.tsx";
import { body, maybe, text } from "../rows.ts";
import { MapForm } from "./map-form.tsx";

interface Code {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly label: string;
  readonly packaging: string | null;
}

const code = (value: unknown): Code => {
  const row = body(value);
  return {
    id: text(row.id),
    code: text(row.code),
    kind: text(row.target_kind),
    label: text(row.label),
    packaging: maybe(row.packaging),
  };
};

const KIND: Readonly<Record<string, Word>> = {
  item: "kind.item",
  place: "kind.place",
  lpn: "kind.lpn",
  person: "kind.person",
  command: "kind.command",
};

const kindWord = (kind: string): string => {
  const word = KIND[kind];
  return word ? t(named(word)) : kind;
};

export function CodesPage(): VNode {
  const { api } = useDevice();
  const [sought, setSought] = useState("");
  const path = `/office/codes?limit=200&q=${encodeURIComponent(sought.trim())}`;
  const { rows, trouble, refresh } = useList(api, path, code);
  const { said, act } = useActing(refresh);
  const [adding, setAdding] = useState(false);
  return (
    <main class="now" data-test="codes">
      <div class="row">
        <h1>{t(say("map.title"))}</h1>
        <button
          type="button"
          data-test="map-new"
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          {t(say("map.new"))}
        </button>
        <Feedback said={said} trouble={trouble} />
      </div>
      {adding ? <MapForm code={null} act={act} onDone={() => setAdding(false)} /> : null}
      <label class="row">
        {t(say("map.begins"))}
        <input
          data-test="map-search"
          autocomplete="off"
          value={sought}
          onInput={(event) => setSought(event.currentTarget.value)}
        />
      </label>
      {rows?.length === 0 ? <p class="calm">{t(say("map.none"))}</p> : null}
      {rows && rows.length > 0 ? (
        <table data-test="mapped-codes">
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} data-test="mapped-code">
                <td>
                  <strong>{row.code}</strong>
                </td>
                <td>{kindWord(row.kind)}</td>
                <td>{[row.label, row.packaging].filter(Boolean).join(" · ")}</td>
                <td>
                  <button
                    type="button"
                    data-test="unmap"
                    onClick={() => void act("identification.unmap_barcode", { code: row.code })}
                  >
                    {t(say("counts.withdraw"))}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </main>
  );
}
