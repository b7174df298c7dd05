/** The ways in which an item comes: names and how many pieces. */
import type { VNode } from "preact";
import { columnOf } from "../../words/codes.ts";
import { say, t } from "../../words/text.ts";
import type { Packaging } from "./forms.ts";

export function Packagings({
  packagings,
  onChange,
}: {
  packagings: readonly Packaging[];
  onChange: (packagings: readonly Packaging[]) => void;
}): VNode {
  const change = (at: number, changes: Partial<Packaging>): void =>
    onChange(packagings.map((one, n) => (n === at ? { ...one, ...changes } : one)));
  return (
    <fieldset>
      <legend>{t(columnOf("packagings"))}</legend>
      {packagings.map(({ name, quantity }, n) => (
        <div class="row" key={n}>
          <input
            value={name}
            aria-label={t(columnOf("packaging"))}
            onInput={(event) => change(n, { name: event.currentTarget.value.trim() })}
          />
          <input
            type="number"
            value={quantity}
            min={1}
            aria-label={t(columnOf("quantity"))}
            onInput={(event) => change(n, { quantity: Number(event.currentTarget.value) })}
          />
          <button type="button" onClick={() => onChange(packagings.filter((_, at) => at !== n))}>
            {t(say("office.take_away"))}
          </button>
        </div>
      ))}
      <button type="button" onClick={() => onChange([...packagings, { name: "", quantity: 1 }])}>
        {t(say("form.one_more"))}
      </button>
    </fieldset>
  );
}
