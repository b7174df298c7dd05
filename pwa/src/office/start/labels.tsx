/** Sheets to print: labels for a zone or a range of places, badges for people. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { say, t } from "../../words/text.ts";
import "../../styles/live.css";

const SYMBOLS = ["qr", "code128"] as const;
type Symbol = (typeof SYMBOLS)[number];

interface Range {
  readonly zone: string;
  readonly first: string;
  readonly last: string;
}

const address = (sheet: "places" | "people", asked: Readonly<Record<string, string>>): string => {
  const filled = Object.entries(asked).filter(([, value]) => value.trim() !== "");
  return `/api/v1/office/labels/${sheet}.pdf?${new URLSearchParams(filled)}`;
};

export function LabelsPage(): VNode {
  const [symbology, setSymbology] = useState<Symbol>("qr");
  const [range, setRange] = useState<Range>({ zone: "", first: "", last: "" });
  return (
    <main class="live" data-test="labels-page">
      <h1>{t(say("labels.title"))}</h1>
      <div class="fields">
        <label>
          {t(say("labels.symbology"))}
          <select
            name="symbology"
            value={symbology}
            onChange={(event) =>
              setSymbology(event.currentTarget.value === "qr" ? "qr" : "code128")
            }
          >
            <option value="qr">{t(say("labels.square"))}</option>
            <option value="code128">{t(say("labels.bars"))}</option>
          </select>
        </label>
      </div>
      <section>
        <h2>{t(say("labels.places"))}</h2>
        <p>{t(say("labels.places_why"))}</p>
        <div class="fields">
          {(["zone", "first", "last"] as const).map((name) => (
            <label key={name}>
              {t(say(`labels.${name}`))}
              <input
                name={name}
                value={range[name]}
                onInput={(event) => setRange({ ...range, [name]: event.currentTarget.value })}
              />
            </label>
          ))}
          <Sheet name="places" href={address("places", { ...range, symbology })} />
        </div>
      </section>
      <section>
        <h2>{t(say("labels.badges"))}</h2>
        <p>{t(say("labels.badges_why"))}</p>
        <div class="fields">
          <Sheet name="people" href={address("people", { symbology })} />
        </div>
      </section>
    </main>
  );
}

function Sheet({ name, href }: { name: string; href: string }): VNode {
  return (
    <a class="button main" data-test={`print-${name}`} href={href} target="_blank" rel="noopener">
      {t(say("labels.open"))}
    </a>
  );
}
