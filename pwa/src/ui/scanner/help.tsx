/** How common scanners are set up, in the language of the screen. */
import type { VNode } from "preact";
import {
  help as english,
  type Help,
  untested as untestedEnglish,
} from "../../words/scanner-help-en.ts";
import { help as spanish, untested as untestedSpanish } from "../../words/scanner-help-es.ts";
import { type Language, language, say, t } from "../../words/text.ts";

const HELP: Readonly<Record<Language, Help>> = { en: english, es: spanish };
const UNTESTED: Readonly<Record<Language, string>> = { en: untestedEnglish, es: untestedSpanish };
const PARTS = ["all", "zebra", "honeywell", "datalogic", "bluetooth", "rfid", "said"] as const;

export function ScannerHelp(): VNode {
  const help = HELP[language.value];
  return (
    <section class="scanner-help">
      <h2 class="says">{t(say("scanner.help"))}</h2>
      {PARTS.map((part) => (
        <details key={part} data-test={`help-${part}`}>
          <summary>{help[part].title}</summary>
          <ul class="facts">
            {help[part].steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </details>
      ))}
      <p>{UNTESTED[language.value]}</p>
    </section>
  );
}
