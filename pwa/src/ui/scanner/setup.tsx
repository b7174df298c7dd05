/** One printed code, and what this scanner makes of it: what is wrong, what to change, what is made up for. */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import {
  type Diagnosis,
  diagnosed,
  type Found,
  piecesOf,
  weightOf,
} from "../../scanner/diagnosis.ts";
import { PLAIN } from "../../scanner/profile.ts";
import type { Stroke } from "../../scanner/wedge.ts";
import { named, type Phrase, say, t, type Word } from "../../words/text.ts";
import { Page } from "../badge.tsx";
import { Icon } from "../icon.tsx";
import { open } from "../route.ts";
import { useEars, useScan } from "../scans.ts";
import { scannerCuts, scannerProfile } from "../settings.ts";
import { sound } from "../tones.ts";
import { ScannerHelp } from "./help.tsx";

/** After so long a silence nothing more of this trigger comes; a suffix would have. */
const SILENCE_MS = 1_200;

type Outcome = "good" | "works" | "helped" | "stops";

const TONES = { good: "ok", works: "ok", helped: "caution", stops: "wrong" } as const;
const ICONS = { good: "check", works: "check", helped: "alert", stops: "stop" } as const;

function outcomeOf({ found, profile }: Diagnosis): Outcome {
  if (profile === null) return "stops";
  if (found.some(({ finding }) => weightOf(finding) === "helped")) return "helped";
  return found.length > 0 ? "works" : "good";
}

/** Everything that one trigger brings, judged when it is silent again. */
function useTrial(): { diagnosis: Diagnosis | null; listening: boolean } {
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null);
  const [listening, setListening] = useState(false);
  const strokes = useRef<Stroke[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const judge = (): void => {
    const pieces = piecesOf(strokes.current);
    strokes.current = [];
    setListening(false);
    if (pieces.length === 0) return;
    const judged = diagnosed(pieces);
    setDiagnosis(judged);
    if (judged.profile) {
      scannerProfile.value = judged.profile;
      scannerCuts.value = 0;
    }
    sound(TONES[outcomeOf(judged)]);
  };
  useEars((stroke) => {
    strokes.current.push(stroke);
    setListening(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(judge, SILENCE_MS);
  });
  // The screen listens to how it is said; what is said goes nowhere.
  useScan(() => undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { diagnosis, listening };
}

export function ScannerSetup(): VNode {
  const { diagnosis, listening } = useTrial();
  return (
    <Page title={say("scanner.title")} onBack={() => open("settings")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keys too */}
      <main class="list scanner-setup" data-test="scanner-setup" tabIndex={0}>
        <section role="status" aria-live="polite">
          {diagnosis && !listening ? (
            <Judged diagnosis={diagnosis} />
          ) : (
            <p class="says alone" data-test="scanner-ask">
              {t(say(listening ? "scanner.listening" : "scanner.ask"))}
            </p>
          )}
          <p>{t(say(diagnosis ? "scanner.again" : "scanner.where"))}</p>
        </section>
        <Cuts />
        <Kept />
        <ScannerHelp />
      </main>
    </Page>
  );
}

function Judged({ diagnosis }: { diagnosis: Diagnosis }): VNode {
  const outcome = outcomeOf(diagnosis);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div
      ref={top}
      class="judged"
      data-tone={TONES[outcome]}
      data-test="scanner-judged"
      data-outcome={outcome}
    >
      <p class="said">
        <Icon name={ICONS[outcome]} big />
        <span>{t(named(`scanner.${outcome}`))}</span>
      </p>
      <ul class="facts">
        {diagnosis.found.map((one) => (
          <li key={one.finding} data-test={`finding-${one.finding}`}>
            <strong>{t(phrase(`scanner.${one.finding}`, one))}</strong>
            {isMadeUpFor(one) && outcome === "stops" ? null : (
              <p>{t(named(`scanner.${one.finding}.do`))}</p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Promised only once nothing else stands in the way. */
const isMadeUpFor = ({ finding }: Found): boolean => weightOf(finding) === "helped";

/** Which slots a finding has is known from its words only. */
const phrase = (word: Word, { signs }: Found): Phrase => ({ word, values: { signs } });

/** What was seen at work, with what to change: a code in pieces is rarely cut when it is tried. */
function Cuts(): VNode | null {
  const count = scannerCuts.value;
  return count > 0 ? (
    <section data-test="scanner-cuts">
      <strong>{t({ word: "scanner.cuts", values: { count } })}</strong>
      <p>{t(say("scanner.cut.do"))}</p>
    </section>
  ) : null;
}

/** What is made up for from scan to scan, and the way to forget it. */
function Kept(): VNode | null {
  const { prefix, suffix, separator, layout } = scannerProfile.value;
  const swapped = Object.keys(layout).length > 0;
  if (!swapped && prefix + suffix + separator === "") return null;
  return (
    <section data-test="scanner-kept">
      <h2 class="says">{t(say("scanner.kept"))}</h2>
      <button
        type="button"
        class="tool"
        data-test="scanner-forget"
        onClick={() => {
          scannerProfile.value = PLAIN;
        }}
      >
        {t(say("scanner.forget"))}
      </button>
    </section>
  );
}
