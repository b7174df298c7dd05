/** The form: kind, codes, symbol, paper, copies. */
import type { VNode } from "preact";
import { named, say, type Text, t } from "../../words/text.ts";
import { FIELDS, fieldWords, KINDS, mediaWords, type Offered, type Wish } from "./rows.ts";

const MOST_COPIES = 200;

interface ChooseProps {
  readonly wish: Wish;
  readonly kind: Offered;
  readonly onWish: (change: Partial<Wish>) => void;
}

export function Choose({ wish, kind, onWish }: ChooseProps): VNode {
  return (
    <section>
      <div class="fields">
        <Pick
          name="kind"
          words={say("labels.kind")}
          value={wish.kind}
          options={KINDS.map((one) => [one, named(`labels.kind.${one}`)])}
          onPick={(value) => {
            const chosen = KINDS.find((one) => one === value) ?? wish.kind;
            onWish({ kind: chosen, zone: "", first: "", last: "", lot: "", media: "" });
          }}
        />
        {FIELDS[wish.kind].map((field) => (
          <label key={field}>
            {t(fieldWords(wish.kind, field))}
            <input
              name={field}
              value={wish[field]}
              autocomplete="off"
              onInput={(event) => onWish({ [field]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      <p>{t(named(`labels.why.${wish.kind}`))}</p>
      <div class="fields">
        {kind.symbologies.length > 1 ? (
          <Pick
            name="symbology"
            words={say("labels.symbology")}
            value={wish.symbology}
            options={[
              ["qr", say("labels.square")],
              ["code128", say("labels.bars")],
            ]}
            onPick={(symbology) => onWish({ symbology })}
          />
        ) : null}
        {wish.kind === "location" ? (
          <Pick
            name="arrow"
            words={say("labels.arrow")}
            value={wish.arrow}
            options={(["none", "up", "down"] as const).map((way) => [
              way,
              named(`labels.arrow.${way}`),
            ])}
            onPick={(arrow) => onWish({ arrow })}
          />
        ) : null}
        <Pick
          name="media"
          words={say("labels.media")}
          value={wish.media || kind.usual}
          options={kind.media.map((media) => [media.name, mediaWords(media)])}
          onPick={(media) => onWish({ media })}
        />
        <label>
          {t(say("labels.copies"))}
          <input
            name="copies"
            type="number"
            min={1}
            max={MOST_COPIES}
            value={wish.copies}
            onInput={(event) => {
              const copies = Math.trunc(Number(event.currentTarget.value)) || 1;
              onWish({ copies: Math.min(Math.max(copies, 1), MOST_COPIES) });
            }}
          />
        </label>
      </div>
    </section>
  );
}

export function Pick({
  name,
  words,
  value,
  options,
  onPick,
}: {
  name: string;
  words: Text;
  value: string;
  options: ReadonlyArray<readonly [string, Text]>;
  onPick: (value: string) => void;
}): VNode {
  return (
    <label>
      {t(words)}
      <select name={name} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {t(text)}
          </option>
        ))}
      </select>
    </label>
  );
}
