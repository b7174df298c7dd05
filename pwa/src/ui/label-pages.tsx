/** Pages for the browser's print dialogue: drawings of their true size, and nothing else. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import "../styles/label-pages.css";

/** Prints as soon as every picture is there. */
export function LabelPages({
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
