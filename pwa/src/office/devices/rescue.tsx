/** Bringing in the file that a handheld saved when it could not send any more. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { addressOf } from "../place.ts";
import type { ActionProps } from "../tables/extras.ts";
import { journalsIn, type Rescued, rescue } from "./rescuing.ts";

type State = "closed" | "open" | "reading" | Rescued;

const unreadable: Rescued = { fresh: 0, known: 0, doubtful: 0, trouble: say("rescue.unreadable") };

export function Rescue({ refresh }: ActionProps): VNode {
  const { api } = useDevice();
  const [state, setState] = useState<State>("closed");
  const bring = async (file: File): Promise<void> => {
    setState("reading");
    const journals = journalsIn(await file.text());
    setState(journals === null ? unreadable : await rescue(api, journals));
    refresh();
  };
  return (
    <>
      <button type="button" data-test="rescue" onClick={() => setState("open")}>
        {t(say("rescue.bring"))}
      </button>
      {state === "closed" ? null : (
        <section class="card rescue" data-test="rescue-card">
          <h2>{t(say("rescue.title"))}</h2>
          <p>{t(say("rescue.why"))}</p>
          <label>
            {t(say("rescue.file"))}
            <input
              type="file"
              name="rescue"
              accept=".json,application/json"
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                if (file) void bring(file);
                event.currentTarget.value = "";
              }}
            />
          </label>
          <div role="status" data-test="rescued">
            {typeof state === "string" ? (
              <p>{state === "reading" ? t(say("office.loading")) : ""}</p>
            ) : (
              <Told rescued={state} />
            )}
          </div>
          <button type="button" data-test="rescue-close" onClick={() => setState("closed")}>
            {t(say("office.close"))}
          </button>
        </section>
      )}
    </>
  );
}

function Told({ rescued: { fresh, known, doubtful, trouble } }: { rescued: Rescued }): VNode {
  const lines: readonly Text[] = [
    ...(trouble ? [trouble] : []),
    ...(trouble && fresh + known === 0
      ? []
      : [say("rescue.fresh", { count: fresh }), say("rescue.known", { count: known })]),
  ];
  return (
    <>
      {lines.map((line) => (
        <p key={t(line)}>
          <strong>{t(line)}</strong>
        </p>
      ))}
      {doubtful > 0 ? (
        <p>
          <a href={addressOf("exceptions")} data-test="rescue-doubtful">
            {t(say("rescue.doubtful", { count: doubtful }))}
          </a>
        </p>
      ) : null}
    </>
  );
}
