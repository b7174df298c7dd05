/** Sheets to print: labels for a zone or a range of places, badges for people. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, t } from "../../words/text.ts";
import { useAnswer } from "./asking.ts";
import { body, count } from "./rows.ts";
import "../../styles/live.css";

const SYMBOLS = ["qr", "code128"] as const;
type Symbol = (typeof SYMBOLS)[number];

interface Range {
  readonly zone: string;
  readonly first: string;
  readonly last: string;
}

const address = (sheet: "places" | "people", asked: Readonly<Record<string, string>>): string => {
  return `/api/v1/office/labels/${sheet}.pdf?${query(asked)}`;
};

const query = (asked: Readonly<Record<string, string>>): string => {
  const filled = Object.entries(asked).filter(([, value]) => value.trim() !== "");
  return `${new URLSearchParams(filled)}`;
};

const figures = (answer: unknown): { readonly places: number; readonly people: number } => {
  const told = body(answer);
  return { places: count(told.places), people: count(told.people) };
};

export function LabelsPage(): VNode {
  const device = useDevice();
  const [symbology, setSymbology] = useState<Symbol>("qr");
  const [range, setRange] = useState<Range>({ zone: "", first: "", last: "" });
  const { answer, trouble } = useAnswer(
    device.api,
    `/office/labels?${query({ ...range })}`,
    figures,
  );
  return (
    <main class="live" data-test="labels-page">
      <h1>{t(say("labels.title"))}</h1>
      <p role="status" data-test="feedback">
        {trouble ? t(trouble) : ""}
      </p>
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
          <Sheet
            name="places"
            labels={answer?.places ?? 0}
            href={address("places", { ...range, symbology })}
          />
        </div>
      </section>
      <section>
        <h2>{t(say("labels.badges"))}</h2>
        <p>{t(say("labels.badges_why"))}</p>
        <div class="fields">
          <Sheet
            name="people"
            labels={answer?.people ?? 0}
            href={address("people", { symbology })}
          />
        </div>
      </section>
    </main>
  );
}

function Sheet({ name, labels, href }: { name: string; labels: number; href: string }): VNode {
  return labels === 0 ? (
    <p data-test={`none-${name}`}>{t(say("labels.none"))}</p>
  ) : (
    <a class="button main" data-test={`print-${name}`} href={href} target="_blank" rel="noopener">
      {t(say("labels.open", { count: labels }))}
    </a>
  );
}
