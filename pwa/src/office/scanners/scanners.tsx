/** The code that shows whether a scanner is set up right, to print or to scan from this screen; and how it is done. */
import type { VNode } from "preact";
import { ScannerHelp } from "../../ui/scanner/help.tsx";
import { say, t } from "../../words/text.ts";
import { sheetOf, WISH, type Wish } from "../labels/rows.ts";
import "../../styles/live.css";
import "../../styles/labels.css";

const CODE: Wish = { ...WISH, kind: "scanner" };

export function ScannersPage(): VNode {
  return (
    <main class="live labels" data-test="scanners-page">
      <h1>{t(say("scanners.tab"))}</h1>
      <p>{t(say("scanners.why"))}</p>
      <p>
        <a
          class="button"
          data-test="open-pdf"
          href={sheetOf(CODE, "pdf")}
          target="_blank"
          rel="noopener"
        >
          {t(say("scanner.print"))}
        </a>
      </p>
      <img
        class="preview of-a-roll"
        data-test="preview"
        src={sheetOf({ ...CODE, media: "roll-100x50" }, "svg")}
        alt={t(say("labels.kind.scanner"))}
      />
      <ScannerHelp />
    </main>
  );
}
