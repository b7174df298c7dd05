/** One capture for every screen: whatever has the focus, a scan reaches `onScan` and presses nothing. */
import type { Scan } from "../domain/operation.ts";
import { single } from "./doubled.ts";
import { compensated, PLAIN, type ScannerProfile } from "./profile.ts";
import { isEcho, isSecondVoice, type Heard as Voice, WEDGE_MS } from "./repeats.ts";
import { ALONE_MS, hear, type Read, SILENT, type Stroke, type Wedge } from "./wedge.ts";

export interface Options {
  /** While true the same code within 300 ms counts again: every read is one more. */
  readonly plusOne?: () => boolean;
  /** How the scanner of this device speaks. */
  readonly profile?: () => ScannerProfile;
  /** Hears everything as it comes in, before anything is made of it. */
  readonly overhear?: (stroke: Stroke) => void;
}

/** Fields people type into keep their keys; everything else belongs to the scanner. */
function isTypingField(target: EventTarget | null, own: HTMLElement): boolean {
  if (!(target instanceof HTMLElement) || target === own) return false;
  if (target instanceof HTMLTextAreaElement || target.isContentEditable) return true;
  if (target instanceof HTMLSelectElement) return true;
  const untyped = ["button", "checkbox", "radio", "range", "submit", "reset", "file", "color"];
  return target instanceof HTMLInputElement && !untyped.includes(target.type);
}

function makeField(): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "text";
  field.inputMode = "none";
  field.autocomplete = "off";
  field.autocapitalize = "off";
  field.spellcheck = false;
  field.tabIndex = -1;
  field.setAttribute("aria-hidden", "true");
  field.dataset.test = "scan-field";
  // On the screen but not to be seen: browsers do not focus what is not displayed.
  Object.assign(field.style, {
    position: "fixed",
    top: "0",
    left: "0",
    width: "1px",
    height: "1px",
    opacity: "0",
    border: "0",
    padding: "0",
    pointerEvents: "none",
  });
  return field;
}

class Capture {
  readonly #onScan: (scan: Scan) => void;
  readonly #options: Options;
  readonly #field = makeField();
  readonly #ended = new AbortController();
  readonly #givenBack = new WeakSet<Event>();
  #wedge: Wedge = SILENT;
  #previous: Voice | null = null;
  #alone: ReturnType<typeof setTimeout> | undefined;

  constructor(onScan: (scan: Scan) => void, options: Options) {
    this.#onScan = onScan;
    this.#options = options;
    document.body.append(this.#field);
    this.#listen();
    this.#arm();
  }

  end(): void {
    this.#ended.abort();
    clearTimeout(this.#alone);
    this.#field.remove();
  }

  #listen(): void {
    // Capture: before any button, link or dialog sees the key.
    const early = { capture: true, signal: this.#ended.signal };
    const late = { signal: this.#ended.signal };
    window.addEventListener("keydown", (event) => this.#pressed(event), early);
    window.addEventListener("keyup", (event) => this.#released(event), early);
    window.addEventListener("paste", (event) => this.#pasted(event), early);
    this.#field.addEventListener("beforeinput", (event) => this.#typed(event), late);
    this.#field.addEventListener("input", (event) => this.#collect(event), late);
    this.#field.addEventListener("compositionend", () => this.#collect(null), late);
    for (const name of ["focus", "pageshow"])
      window.addEventListener(name, () => this.#arm(), late);
    // After a tap the tapped button has the focus; injected text needs a field.
    window.addEventListener("pointerup", () => setTimeout(() => this.#arm()), late);
    window.addEventListener("focusout", () => setTimeout(() => this.#arm()), late);
  }

  /** Takes the focus unless somebody types or moves through the screen by keyboard. */
  #arm(): void {
    if (this.#ended.signal.aborted) return;
    const active = document.activeElement;
    const free =
      active === null || active === document.body || active.matches(":not(:focus-visible)");
    if (free && !isTypingField(active, this.#field)) this.#focus();
  }

  /** Outside a modal dialog nothing can have the focus, so the field goes where people are. */
  #focus(): void {
    const host = document.querySelector("dialog[open]") ?? document.body;
    if (this.#field.parentElement !== host) host.append(this.#field);
    this.#field.focus({ preventScroll: true });
  }

  #pressed(event: KeyboardEvent): void {
    if (this.#givenBack.has(event) || isTypingField(event.target, this.#field)) return;
    const { key, ctrlKey: ctrl, altKey: alt, metaKey: meta, timeStamp: at } = event;
    if (key === "Unidentified" || key === "Process" || key === "Dead" || event.isComposing) {
      // No usable key: the text itself follows, into whatever has the focus.
      this.#focus();
      return;
    }
    this.#hear({ type: "key", key, ctrl, alt, meta, at }, event);
  }

  #released(event: KeyboardEvent): void {
    if (isTypingField(event.target, this.#field)) return;
    this.#hear({ type: "released", key: event.key, at: event.timeStamp }, event);
  }

  #pasted(event: ClipboardEvent): void {
    if (isTypingField(event.target, this.#field)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    this.#hear({ type: "paste", text, at: event.timeStamp }, event);
  }

  #typed(event: InputEvent): void {
    // A composition cannot be cancelled; its text is taken from the field when it is complete.
    if (!event.cancelable || event.isComposing) return;
    const breaks = event.inputType === "insertLineBreak" || event.inputType === "insertParagraph";
    const text = breaks ? "\n" : (event.data ?? event.dataTransfer?.getData("text/plain") ?? "");
    this.#hear({ type: "text", text, at: event.timeStamp }, event);
  }

  /** Text that came in without asking; a composition is not read before it is complete. */
  #collect(event: Event | null): void {
    if (event instanceof InputEvent && event.isComposing) return;
    const text = this.#field.value;
    this.#field.value = "";
    if (text !== "") this.#hear({ type: "text", text, at: performance.now() }, null);
  }

  #hear(stroke: Stroke, event: Event | null): void {
    if (stroke.type !== "released") clearTimeout(this.#alone);
    if (stroke.type !== "quiet") this.#options.overhear?.(stroke);
    const heard = hear(this.#wedge, stroke);
    this.#wedge = heard.wedge;
    if (heard.taken && event) {
      event.preventDefault();
      event.stopImmediatePropagation();
      // A focused button would still be clicked by the release of a blank or Enter.
      if (document.activeElement !== this.#field) this.#focus();
    }
    if (stroke.type === "key") this.#waitAlone();
    if (heard.back !== null) this.#giveBack(heard.back);
    for (const read of heard.scans) this.#emit(read, stroke.at);
  }

  /** A key nothing follows was a person's: the screen gets it after all. */
  #waitAlone(): void {
    if (this.#wedge.strokes === 0) return;
    this.#alone = setTimeout(() => {
      this.#hear({ type: "quiet", at: performance.now() }, null);
    }, ALONE_MS + 1);
  }

  #giveBack(key: string): void {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    this.#givenBack.add(event);
    document.body.dispatchEvent(event);
  }

  #emit(read: Read, at: number): void {
    const { typed, way, from } = read;
    const profile = this.#options.profile?.() ?? PLAIN;
    // A profile is the scanner's; what a person typed is what is meant.
    const data = typed ? read.data : single(read, (raw) => compensated(profile, raw));
    const heard = { data, at, way, from };
    const echo =
      isEcho(this.#previous, data, at, WEDGE_MS) || isSecondVoice(this.#previous, heard, WEDGE_MS);
    this.#previous = heard;
    if (echo && !this.#options.plusOne?.()) return;
    this.#onScan({ data, symbology: typed ? "keyed" : null });
  }
}

/** Starts listening; the answer ends it. */
export function attach(onScan: (scan: Scan) => void, options: Options = {}): () => void {
  const capture = new Capture(onScan, options);
  return () => capture.end();
}
