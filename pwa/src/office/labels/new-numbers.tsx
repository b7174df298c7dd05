/** New numbers for units: nobody else gets them, here or on a handheld. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { saveSite, troubleOf } from "../start/asking.ts";
import { body, start, text } from "../start/rows.ts";

const MOST = 500;
const PREFIX = /^\d{8,13}$/;

export function NewNumbers({ onGiven }: { onGiven: (first: string, last: string) => void }): VNode {
  const device = useDevice();
  const [count, setCount] = useState(10);
  const [prefix, setPrefix] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const ask = async (kind: "lpn" | "sscc"): Promise<void> => {
    const answer = await device.api.post("/office/labels/numbers", { kind, count });
    setTrouble(answer.ok ? null : troubleOf(answer));
    if (!answer.ok) {
      if (answer.problem?.code === "labels.no_prefix") setPrefix("");
      return;
    }
    const given = body(answer.body);
    onGiven(text(given.first), text(given.last));
  };
  const save = async (): Promise<void> => {
    const known = await device.api.get("/office/start");
    if (!known.ok) {
      setTrouble(troubleOf(known));
      return;
    }
    const wrong = await saveSite(device, start(known.body).site, { sscc_prefix: prefix ?? "" });
    setTrouble(wrong);
    if (wrong === null) {
      setPrefix(null);
      await ask("sscc");
    }
  };
  return (
    <>
      <div class="fields">
        <label>
          {t(say("labels.how_many"))}
          <input
            name="count"
            type="number"
            min={1}
            max={MOST}
            value={count}
            onInput={(event) => {
              const wanted = Math.trunc(Number(event.currentTarget.value)) || 1;
              setCount(Math.min(Math.max(wanted, 1), MOST));
            }}
          />
        </label>
        <button type="button" data-test="new-lpn" onClick={() => void ask("lpn")}>
          {t(say("labels.new_own"))}
        </button>
        <button type="button" data-test="new-sscc" onClick={() => void ask("sscc")}>
          {t(say("labels.new_sscc"))}
        </button>
        {prefix === null ? null : (
          <>
            <label>
              {t(say("labels.prefix"))}
              <input
                name="prefix"
                inputMode="numeric"
                value={prefix}
                onInput={(event) => setPrefix(event.currentTarget.value.trim())}
              />
            </label>
            <button
              type="button"
              data-test="save-prefix"
              disabled={!PREFIX.test(prefix)}
              onClick={() => void save()}
            >
              {t(say("labels.save"))}
            </button>
          </>
        )}
      </div>
      <p role="alert">{trouble ? t(trouble) : ""}</p>
    </>
  );
}
