/** The browser's own print dialogue, for whoever has a printer of his own. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { printPages } from "../../ui/label-pages.ts";
import { say, t } from "../../words/text.ts";
import { sheetOf, type Wish } from "./rows.ts";

const MOST_PAGES = 50;

export function Paper({ wish, pages }: { wish: Wish; pages: number }): VNode | null {
  const [busy, setBusy] = useState(false);
  const open = (): void => {
    setBusy(true);
    const sources = Array.from({ length: pages }, (_, n) => sheetOf(wish, "svg", n + 1));
    void printPages(sources).then(() => setBusy(false));
  };
  return pages > MOST_PAGES ? null : (
    <button type="button" class="main" data-test="print" disabled={busy} onClick={open}>
      {t(say("labels.print"))}
    </button>
  );
}
