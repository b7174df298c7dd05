/** The printers of the site, how to bring one in, and what waits for them. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf, useAnswer } from "../start/asking.ts";
import { Pick } from "./choose.tsx";
import {
  isOpen,
  type Job,
  jobs,
  type Printer,
  type Printers,
  stateOf,
  titleOf,
} from "./queue-rows.ts";

const LOOK_MS = 3_000;
const PORT = 9100;

export function PrinterList({ known, onChange }: { known: Printers; onChange: () => void }): VNode {
  const { api } = useDevice();
  const [adding, setAdding] = useState(false);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const remove = async (printer: Printer): Promise<void> => {
    const answer = await api.post(`/office/printers/${printer.id}/remove`, {});
    setTrouble(answer.ok ? null : troubleOf(answer));
    onChange();
  };
  return (
    <section>
      <h2>{t(say("labels.printers"))}</h2>
      <p role="alert">{trouble ? t(trouble) : ""}</p>
      {known.printers.length === 0 ? <p>{t(say("labels.no_printers"))}</p> : null}
      <ul class="printers">
        {known.printers.map((printer) => (
          <li key={printer.id} data-test="printer">
            <strong>{printer.name}</strong>
            <span>
              {printer.host}:{printer.port} · {printer.dpi} dpi · {sizeOf(printer.media)}
            </span>
            <button type="button" data-test="remove-printer" onClick={() => void remove(printer)}>
              {t(say("labels.remove"))}
            </button>
          </li>
        ))}
      </ul>
      {adding ? (
        <Add
          rolls={known.rolls}
          onDone={(wrong) => {
            setTrouble(wrong);
            if (wrong === null) setAdding(false);
            onChange();
          }}
        />
      ) : (
        <div class="row">
          <button type="button" data-test="add-printer" onClick={() => setAdding(true)}>
            {t(say("labels.add_printer"))}
          </button>
        </div>
      )}
    </section>
  );
}

const sizeOf = (media: string): string => `${media.replace("roll-", "").replace("x", " × ")} mm`;

function Add({
  rolls,
  onDone,
}: {
  rolls: readonly string[];
  onDone: (wrong: Text | null) => void;
}): VNode {
  const { api } = useDevice();
  const [name, setName] = useState("");
  const [host, setHost] = useState("");
  const [dpi, setDpi] = useState("203");
  const [media, setMedia] = useState(rolls[0] ?? "");
  const save = async (): Promise<void> => {
    const [address = "", port] = host.trim().split(":");
    const answer = await api.post("/office/printers", {
      name: name.trim(),
      host: address,
      port: Number(port ?? PORT) || PORT,
      dpi: Number(dpi),
      media,
    });
    onDone(answer.ok ? null : troubleOf(answer));
  };
  return (
    <form
      class="fields"
      data-test="printer-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        {t(say("labels.printer_name"))}
        <input name="name" value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label>
        {t(say("labels.address"))}
        <input
          name="host"
          value={host}
          placeholder={`192.168.1.40:${PORT}`}
          onInput={(event) => setHost(event.currentTarget.value)}
        />
      </label>
      <Pick
        name="dpi"
        words={say("labels.dpi")}
        value={dpi}
        options={[
          ["203", "203"],
          ["300", "300"],
        ]}
        onPick={setDpi}
      />
      <Pick
        name="roll"
        words={say("labels.media")}
        value={media}
        options={rolls.map((roll) => [roll, sizeOf(roll)])}
        onPick={setMedia}
      />
      <button type="submit" class="main" data-test="save-printer" disabled={!(name && host)}>
        {t(say("labels.save"))}
      </button>
    </form>
  );
}

/** What waits and what was printed lately; looked at again while anything waits. */
export function Jobs({ turn }: { turn: number }): VNode | null {
  const { api } = useDevice();
  const { answer, refresh } = useAnswer(api, "/office/print-jobs", jobs);
  useEffect(refresh, [refresh, turn]);
  const waits = answer?.some(isOpen) ?? false;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(refresh, LOOK_MS);
    return () => clearInterval(timer);
  }, [waits, refresh]);
  const act = async (job: Job, what: "retry" | "cancel"): Promise<void> => {
    await api.post(`/office/print-jobs/${job.id}/${what}`, {});
    refresh();
  };
  return answer === null || answer.length === 0 ? null : (
    <section>
      <h2>{t(say("labels.jobs"))}</h2>
      <div class="wide">
        <table>
          <tbody>
            {answer.map((job) => (
              <tr key={job.id} data-test="job" data-state={job.state}>
                <td>{job.printer}</td>
                <td>{t(titleOf(job))}</td>
                <td>{t(say("labels.pieces", { count: job.labels }))}</td>
                <td data-test="job-state">{t(stateOf(job))}</td>
                <td>
                  {isOpen(job) ? (
                    <div class="row">
                      <button
                        type="button"
                        data-test="retry-job"
                        onClick={() => void act(job, "retry")}
                      >
                        {t(say("labels.retry"))}
                      </button>
                      <button
                        type="button"
                        data-test="cancel-job"
                        onClick={() => void act(job, "cancel")}
                      >
                        {t(say("labels.cancel"))}
                      </button>
                    </div>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
