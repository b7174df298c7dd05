/** The browser's own print dialogue: every page as a drawing of its true size, and nothing else. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { LabelPages } from "../../ui/label-pages.tsx";
import { say, t } from "../../words/text.ts";
import { sheetOf, type Wish } from "./rows.ts";

const MOST_PAGES = 50;

export function Paper({ wish, pages }: { wish: Wish; pages: number }): VNode | null {
  const [printing, setPrinting] = useState(false);
  if (pages > MOST_PAGES) {
    return null;
  }
  return (
    <>
      <button type="button" class="main" data-test="print" onClick={() => setPrinting(true)}>
        {t(say("labels.print"))}
      </button>
      {printing ? (
        <LabelPages
          sources={Array.from({ length: pages }, (_, n) => sheetOf(wish, "svg", n + 1))}
          onDone={() => setPrinting(false)}
        />
      ) : null}
    </>
  );
}
