/** Labels through the browser's print dialogue: drawings of their true size, and nothing else. */
import "../styles/label-pages.css";

/** Resolves when the dialogue is closed, or somebody goes on without it. */
export async function printPages(sources: readonly string[]): Promise<void> {
  const pages = document.createElement("div");
  pages.className = "label-pages";
  pages.dataset.test = "label-pages";
  const images = sources.map(drawing);
  pages.append(...images);
  document.querySelector(".label-pages")?.remove();
  document.body.append(pages);
  await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
  const margins = withoutMargins();
  document.documentElement.dataset.paper = "labels";
  await printed();
  delete document.documentElement.dataset.paper;
  margins();
  pages.remove();
}

function drawing(source: string): HTMLImageElement {
  const image = new Image();
  image.alt = "";
  image.src = source;
  return image;
}

/** Some browsers return from `print` before they have looked at the page, some never say that they are done. */
function printed(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => resolve();
    addEventListener("afterprint", done, { once: true });
    print();
    addEventListener("pointerdown", done, { once: true });
  });
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
