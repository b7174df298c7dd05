/** One verdict for all contradictions of a kind; each of them is decided by an operation of its own. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Device } from "../../device.ts";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { ruled } from "../deciding.ts";
import type { ExceptionRow } from "../rows.ts";
import { wordOf } from "./resolutions.ts";

/** One by one: what is refused stays, with the reason of the last one. */
export async function decideAll(
  device: Device,
  rows: readonly ExceptionRow[],
  resolution: string,
): Promise<Text> {
  let done = 0;
  let why: Text | null = null;
  for (const row of rows) {
    const payload = { exception: row.id, resolution, note: null };
    const verdict = await ruled(device, "exceptions.resolve", payload);
    done += verdict.done ? 1 : 0;
    why = verdict.done ? why : verdict.words;
  }
  const left = rows.length - done;
  return why === null
    ? say("inbox.all_done", { count: done })
    : say("inbox.some_done", { count: done, left, why });
}

/** A code is mapped one at a time: each means something else. */
const forAll = (rows: readonly ExceptionRow[]): readonly string[] =>
  (rows[0]?.resolutions ?? []).filter((one) => one !== "map_barcode");

/** A verdict covers what is on the screen; where more of it waits, that is said. */
export const about = (rows: readonly ExceptionRow[], waiting: number): Text =>
  rows.length < waiting
    ? say("inbox.first_of_kind", { count: rows.length, all: waiting })
    : say("inbox.all_of_kind", { count: rows.length });

export function Alike({
  rows,
  waiting,
  onSaid,
}: {
  rows: readonly ExceptionRow[];
  waiting: number;
  onSaid: (words: Text) => void;
}): VNode {
  const device = useDevice();
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const decide = (resolution: string): void => {
    setBusy(true);
    void decideAll(device, rows, resolution).then((words) => {
      setBusy(false);
      setChosen(null);
      onSaid(words);
    });
  };
  return (
    <div class="alike" data-test="alike">
      <p>{t(about(rows, waiting))}</p>
      <div class="row">
        {forAll(rows).map((resolution) => (
          <button
            type="button"
            key={resolution}
            data-test={`all-${resolution}`}
            aria-pressed={chosen === resolution}
            disabled={busy}
            onClick={() => setChosen(chosen === resolution ? null : resolution)}
          >
            {t(wordOf(resolution))}
          </button>
        ))}
      </div>
      {chosen === null ? null : (
        <button
          type="button"
          class="grave"
          data-test="all-sure"
          disabled={busy}
          onClick={() => decide(chosen)}
        >
          {t(say("inbox.sure", { what: wordOf(chosen), count: rows.length }))}
        </button>
      )}
    </div>
  );
}
