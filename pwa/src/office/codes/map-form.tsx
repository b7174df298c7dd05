/** The form that says what a code stands for: kind, which one, and how it comes. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { named, say, t, type Word } from "../../words/text.ts";
import "../../styles/now.css";
import type { Act } from "../now/acting.tsx";
import { FindOne, type Found } from "../now/find-one.tsx";

const KINDS: ReadonlyArray<readonly [string, Word]> = [
  ["item", "kind.item"],
  ["place", "kind.place"],
  ["lpn", "kind.lpn"],
  ["person", "kind.person"],
  ["command", "kind.command"],
];

export function MapForm({
  code,
  act,
  onDone,
}: {
  /** Given where an exception names it. */
  code: string | null;
  act: Act;
  onDone: () => void;
}): VNode {
  const [typed, setTyped] = useState("");
  const [kind, setKind] = useState("item");
  const [target, setTarget] = useState<Found | null>(null);
  const [packaging, setPackaging] = useState<string | null>(null);
  const mapped = code ?? typed.trim();
  const choose = (found: Found | null): void => {
    setTarget(found);
    setPackaging(null);
  };
  const save = async (): Promise<void> => {
    if (!target || mapped === "") return;
    const meant = { target_kind: kind, target: target.id, packaging, scans: [] };
    if (await act("identification.map_barcode", { code: mapped, ...meant })) onDone();
  };
  return (
    <form
      class="form"
      data-test="map-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {code === null ? (
        <label>
          {t(say("map.code"))}
          <input
            data-test="map-code"
            autocomplete="off"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      ) : null}
      <fieldset class="wide">
        <legend>{t(say("map.stands_for"))}</legend>
        <div class="row">
          {KINDS.map(([name, word]) => (
            <button
              type="button"
              key={name}
              data-test={`map-${name}`}
              aria-pressed={kind === name}
              onClick={() => {
                setKind(name);
                choose(null);
              }}
            >
              {t(named(word))}
            </button>
          ))}
        </div>
      </fieldset>
      <FindOne
        key={kind}
        name="target"
        label={say("map.which_one")}
        path={`/office/codes/find?what=${kind}&q=`}
        chosen={target}
        onChoose={choose}
      />
      {target && target.packagings.length > 0 ? (
        <label>
          {t(say("map.how"))}
          <select
            data-test="map-packaging"
            value={packaging ?? ""}
            onChange={(event) => setPackaging(event.currentTarget.value || null)}
          >
            <option value="">{t(say("map.piece"))}</option>
            {target.packagings.map((pack) => (
              <option key={pack.id} value={pack.id}>
                {pack.name} × {pack.quantity}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <div class="row wide">
        <button type="submit" class="primary" data-test="map-save" disabled={!target || !mapped}>
          {t(say("map.save"))}
        </button>
      </div>
    </form>
  );
}
