/** The browser's own print dialogue: every page as a drawing of its true size, and nothing else. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
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
        <Pages
          sources={Array.from({ length: pages }, (_, n) => sheetOf(wish, "svg", n + 1))}
          onDone={() => setPrinting(false)}
        />
      ) : null}
    </>
  );
}

/** Prints as soon as every picture is there. */
export function Pages({
  sources,
  onDone,
}: {
  sources: readonly string[];
  onDone: () => void;
}): VNode {
  const [ready, setReady] = useState(0);
  useEffect(() => {
    if (ready < sources.length) {
      return undefined;
    }
    const bare = withoutMargins();
    print();
    bare();
    onDone();
    return undefined;
  }, [ready, sources, onDone]);
  return (
    <div class="label-pages" data-test="label-pages">
      {sources.map((source) => (
        <img key={source} src={source} alt="" onLoad={() => setReady((before) => before + 1)} />
      ))}
    </div>
  );
}

/** Labels bring their own margins; a sheet adopted while printing sets those of the page to none. */
function withoutMargins(): () => void {
  if (!("adoptedStyleSheets" in document) || !("replaceSync" in CSSStyleSheet.prototype)) {
    return () => undefined;
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("@page { margin: 0; }");
  const before = [...document.adoptedStyleSheets];
  document.adoptedStyleSheets = [...before, sheet];
  return () => {
    document.adoptedStyleSheets = before;
  };
}
