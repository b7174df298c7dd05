/** Bringing in the file that a handheld saved when it could not send any more. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { addressOf } from "../place.ts";
import type { ActionProps } from "../tables/extras.ts";
import type { Journal, Rescued } from "./handing.ts";
import { journalsIn, rescue } from "./rescuing.ts";

type State = "closed" | "open" | "reading" | Rescued;

const unreadable: Rescued = {
  fresh: 0,
  known: 0,
  doubtful: 0,
  trouble: say("rescue.unreadable"),
  gap: false,
};

export function Rescue({ refresh }: ActionProps): VNode {
  const device = useDevice();
  const [state, setState] = useState<State>("closed");
  const [journals, setJournals] = useState<readonly Journal[]>([]);
  const handIn = async (found: readonly Journal[], givingUp: boolean): Promise<void> => {
    setState("reading");
    setState(await rescue(device, found, givingUp));
    refresh();
  };
  const bring = async (file: File): Promise<void> => {
    setState("reading");
    const found = journalsIn(await file.text());
    setJournals(found ?? []);
    await (found === null ? setState(unreadable) : handIn(found, false));
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
              <Told rescued={state} desk={device.enrolment.value === null} />
            )}
          </div>
          {typeof state !== "string" && state.gap ? (
            <button
              type="button"
              class="grave"
              data-test="rescue-give-up"
              onClick={() => void handIn(journals, true)}
            >
              {t(say("rescue.give_up"))}
            </button>
          ) : null}
          <button type="button" data-test="rescue-close" onClick={() => setState("closed")}>
            {t(say("office.close"))}
          </button>
        </section>
      )}
    </>
  );
}

/** A handheld keeps what it has handed in, in case of a restore; at a desk the file is what is kept. */
function Told({ rescued, desk }: { rescued: Rescued; desk: boolean }): VNode {
  const { fresh, known, doubtful, trouble } = rescued;
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
      {desk && fresh + known > 0 ? <p data-test="rescue-keep">{t(say("rescue.keep"))}</p> : null}
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
