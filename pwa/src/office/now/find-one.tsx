/** A field that finds a place or an item by its first letters. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { type Text, t } from "../../words/text.ts";
import { body, items, list, number, text } from "../rows.ts";

const PAUSE_MS = 250;

export interface Found {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly tracking: string;
  readonly packagings: readonly Pack[];
}

export interface Pack {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
}

const pack = (value: unknown): Pack => {
  const row = body(value);
  return { id: text(row.id), name: text(row.name), quantity: number(row.quantity) ?? 1 };
};

const found = (value: unknown): Found => {
  const row = body(value);
  return {
    id: text(row.id),
    code: text(row.code),
    name: text(row.name),
    tracking: text(row.tracking),
    packagings: list(row.packagings).map(pack),
  };
};

export function FindOne({
  name,
  label,
  path,
  chosen,
  onChoose,
}: {
  name: string;
  label: Text;
  /** Ends where the typed letters go. */
  path: string;
  chosen: Found | null;
  onChoose: (found: Found | null) => void;
}): VNode {
  const { api } = useDevice();
  const [typed, setTyped] = useState("");
  const [offers, setOffers] = useState<readonly Found[]>([]);
  useEffect(() => {
    if (typed.trim() === "") {
      setOffers([]);
      return undefined;
    }
    const asking = setTimeout(() => {
      void api.get(`${path}${encodeURIComponent(typed.trim())}`).then((answer) => {
        if (answer.ok) setOffers(items(answer.body).map(found));
      });
    }, PAUSE_MS);
    return () => clearTimeout(asking);
  }, [api, path, typed]);
  const choose = (one: Found): void => {
    onChoose(one);
    setTyped("");
  };
  return (
    <div class="find">
      <label>
        {t(label)}
        <input
          data-test={`find-${name}`}
          autocomplete="off"
          value={chosen ? `${chosen.code} ${chosen.name}`.trim() : typed}
          onInput={(event) => {
            onChoose(null);
            setTyped(event.currentTarget.value);
          }}
        />
      </label>
      {chosen === null && offers.length > 0 ? (
        <ul>
          {offers.map((one) => (
            <li key={one.id}>
              <button type="button" data-test={`offer-${name}`} onClick={() => choose(one)}>
                <strong>{one.code}</strong> {one.name}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
