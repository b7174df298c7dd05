/** Our own keys: numbers, dates, and codes with a look-up of their last characters. */
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Pack } from "../flows/view.ts";
import { say, type Text, t } from "../words/text.ts";
import { Icon } from "./icon.tsx";
import { asDate, confirmed, EMPTY, type Entry, shortened, typed } from "./pad-entry.ts";

const NUMBERS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"] as const;
const SIGNS = ["-", ".", "/", ":", "@", "(", ")"] as const;

/** Hardware keys type into the open pad; what a scanner types never arrives here. */
function useKeys(press: (key: string) => void): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const onButton = event.key === "Enter" && document.activeElement instanceof HTMLButtonElement;
      if (!event.defaultPrevented && !event.ctrlKey && !event.altKey && !onButton) {
        latest.current(event.key);
      }
    };
    addEventListener("keydown", down);
    return () => removeEventListener("keydown", down);
  }, []);
}

type Change = (change: (before: Entry) => Entry) => void;

function pressKey(key: string, set: Change, done: () => void): void {
  if (/^\d$/.test(key)) {
    set((before) => typed(before, key));
  } else if (key === "Backspace") {
    set(shortened);
  } else if (key === "Enter") {
    done();
  }
}

function Delete({ onPress }: { onPress: () => void }): VNode {
  return (
    <button
      type="button"
      data-test="key-delete"
      aria-label={t(say("app.delete"))}
      onClick={onPress}
    >
      <Icon name="erase" />
    </button>
  );
}

function Ok({ onPress }: { onPress: () => void }): VNode {
  return (
    <button type="button" class="primary" data-test="key-ok" onClick={onPress}>
      {t(say("app.ok"))}
    </button>
  );
}

function Numbers({
  press,
  drop,
  done,
}: {
  press: (key: string) => void;
  drop: () => void;
  done: () => void;
}): VNode {
  return (
    <div class="keys">
      {[...NUMBERS].map((key) => (
        <button type="button" key={key} data-test={`key-${key}`} onClick={() => press(key)}>
          {key}
        </button>
      ))}
      <Delete onPress={drop} />
      <button type="button" data-test="key-0" onClick={() => press("0")}>
        0
      </button>
      <Ok onPress={done} />
    </div>
  );
}

/** Count in pieces, or in the packaging that was scanned. */
function Packs({
  pack,
  chosen,
  onChoose,
}: {
  pack: Pack;
  chosen: boolean;
  onChoose: (inPacks: boolean) => void;
}): VNode {
  const choice = (inPacks: boolean, words: string): VNode => (
    <button
      type="button"
      aria-pressed={chosen === inPacks}
      data-test={inPacks ? "in-packs" : "in-pieces"}
      onClick={() => onChoose(inPacks)}
    >
      {chosen === inPacks ? <Icon name="check" /> : null} {words}
    </button>
  );
  return (
    <div class="row">
      {choice(false, t(say("app.pieces")))}
      {choice(true, `${pack.name} × ${pack.quantity}`)}
    </div>
  );
}

export function QuantityPad({
  from,
  usual,
  pack,
  onDone,
}: {
  from: Entry;
  usual: number;
  pack: Pack | null;
  onDone: (value: number) => void;
}): VNode {
  const [entry, setEntry] = useState<Entry>(from);
  const [inPacks, setInPacks] = useState(false);
  const done = (): void => {
    const verdict = confirmed(entry, usual, inPacks && pack ? pack.quantity : 1);
    switch (verdict.type) {
      case "done":
        onDone(verdict.value);
        break;
      case "ask":
        setEntry(verdict.entry);
        break;
      case "nothing":
        break;
    }
  };
  useKeys((key) => pressKey(key, setEntry, done));
  return (
    <main class="sheet pad" data-test="keypad">
      <output class={entry.doubted ? "entry caution" : "entry"} data-test="keypad-value">
        {entry.doubted ? t(say("app.jump", { value: entry.doubted })) : entry.text || "–"}
      </output>
      {pack ? <Packs pack={pack} chosen={inPacks} onChoose={setInPacks} /> : null}
      <Numbers
        press={(key) => setEntry((before) => typed(before, key))}
        drop={() => setEntry(shortened)}
        done={done}
      />
    </main>
  );
}

/** A secret (dots) or a date (day, month, year), both six digits. */
export function SixDigits({
  shows,
  asks,
  onDone,
  children,
}: {
  shows: "dots" | "date";
  asks: Text;
  onDone: (text: string) => void;
  /** What stands above the keys. */
  children?: ComponentChildren;
}): VNode {
  const [entry, setEntry] = useState<Entry>(EMPTY);
  const done = (): void => {
    if (entry.text.length === 6) {
      onDone(entry.text);
      setEntry(EMPTY);
    }
  };
  useKeys((key) => pressKey(key, setEntry, done));
  return (
    <main class="sheet pad" data-test="keypad">
      {children}
      <p class="says">{t(asks)}</p>
      <output class="entry" data-test="keypad-value">
        {shows === "date" ? asDate(entry.text) : "●".repeat(entry.text.length) || "–"}
      </output>
      <Numbers
        press={(key) => setEntry((before) => typed(before, key))}
        drop={() => setEntry(shortened)}
        done={done}
      />
    </main>
  );
}

export interface Match {
  readonly data: string;
  readonly text: string;
  readonly note: Text;
}

function Matches({
  found,
  onChoose,
}: {
  found: readonly Match[];
  onChoose: (data: string) => void;
}): VNode | null {
  return found.length > 0 ? (
    <div class="choices" data-test="matches">
      {found.map((match) => (
        <button type="button" key={match.data} onClick={() => onChoose(match.data)}>
          {match.text}
          <small>{t(match.note)}</small>
        </button>
      ))}
    </div>
  ) : null;
}

/** A code by hand: letters and digits, and what ends like it. */
export function CodePad({
  asks,
  find,
  onDone,
}: {
  asks: Text;
  find: (text: string) => readonly Match[];
  onDone: (text: string) => void;
}): VNode {
  const [entry, setEntry] = useState<Entry>(EMPTY);
  const [letters, setLetters] = useState(false);
  const press = (key: string): void => setEntry((before) => typed(before, key, 60));
  const done = (): void => {
    if (entry.text !== "") {
      onDone(entry.text);
    }
  };
  useKeys((key) => {
    if (/^[\x21-\x7e]$/.test(key)) {
      press(key);
    } else {
      pressKey(key, setEntry, done);
    }
  });
  const keys = letters ? LETTERS : [...NUMBERS, "0", ...SIGNS];
  return (
    <main class="sheet pad" data-test="codepad">
      <p class="says">{t(asks)}</p>
      <output class="entry" data-test="keypad-value">
        {entry.text || "–"}
      </output>
      <Matches found={entry.text.length >= 3 ? find(entry.text) : []} onChoose={onDone} />
      <div class="keys letters">
        {keys.map((key) => (
          <button type="button" key={key} data-test={`key-${key}`} onClick={() => press(key)}>
            {key}
          </button>
        ))}
        <button type="button" data-test="key-page" onClick={() => setLetters(!letters)}>
          {letters ? "123" : "ABC"}
        </button>
        <Delete onPress={() => setEntry(shortened)} />
      </div>
      <Ok onPress={done} />
    </main>
  );
}
