/** Files from elsewhere: choose one, see how it is read, bring it in, take the bad rows home. */
import type { VNode } from "preact";
import { useCallback, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { badOf, wordOf } from "../../words/bad.ts";
import { say, type Text, t } from "../../words/text.ts";
import { goTo, place } from "../place.ts";
import { troubleOf, useAnswer } from "../start/asking.ts";
import { body, list } from "../start/rows.ts";
import { Opened } from "./opened.tsx";
import { Outcome } from "./outcome.tsx";
import {
  type Brought,
  brought,
  type Choice,
  type Kind,
  kinds,
  type Uploaded,
  uploaded,
} from "./rows.ts";
import "../../styles/live.css";

const lately = (answer: unknown): readonly Brought[] => list(body(answer).items).map(brought);

/** Whoever comes from the start page with a kind in mind is led back there. */
export function ImportsPage(): VNode {
  const device = useDevice();
  const first = place.value.query.kind;
  const onBack = first === undefined ? undefined : () => goTo("start");
  const known = useAnswer(device.api, "/office/imports/kinds", kinds);
  const past = useAnswer(device.api, "/office/imports", lately);
  const [kind, setKind] = useState(first ?? "items");
  const [file, setFile] = useState<Uploaded | null>(null);
  const [running, setRunning] = useState<Brought | null>(null);
  const [said, setSaid] = useState<Text | null>(null);
  const upload = async (chosen: File): Promise<void> => {
    setSaid(say("imports.reading"));
    const asked = { kind, name: chosen.name, content: await base64(chosen) };
    const answer = await device.api.post("/office/imports", asked);
    setSaid(answer.ok ? null : troubleOf(answer));
    setFile(answer.ok ? uploaded(answer.body) : null);
  };
  const run = async (choice: Choice): Promise<void> => {
    const answer = await device.api.post(`/office/imports/${file?.brought.id}/run`, choice);
    setSaid(answer.ok ? null : troubleOf(answer));
    setRunning(answer.ok ? brought(answer.body) : null);
  };
  const refresh = past.refresh;
  const again = useCallback(() => {
    setFile(null);
    setRunning(null);
    setSaid(null);
    refresh();
  }, [refresh]);
  const words = said ?? known.trouble;
  const columns = known.answer?.find((one) => one.kind === file?.brought.kind);
  return (
    <main class="live" data-test="imports-page">
      <h1>{t(say("imports.title"))}</h1>
      <p role="status" data-test="feedback">
        {words ? t(words) : ""}
      </p>
      {running ? (
        <Outcome brought={running} onAgain={again} onBack={onBack} />
      ) : file && columns ? (
        <Opened file={file} kind={columns} onRun={run} onAgain={again} />
      ) : (
        <>
          {known.answer ? (
            <Choose kinds={known.answer} kind={kind} onKind={setKind} onFile={upload} />
          ) : null}
          <Lately past={past.answer ?? []} />
        </>
      )}
    </main>
  );
}

function Choose({
  kinds: known,
  kind,
  onKind,
  onFile,
}: {
  kinds: readonly Kind[];
  kind: string;
  onKind: (kind: string) => void;
  onFile: (file: File) => Promise<void>;
}): VNode {
  const columns = known.find((one) => one.kind === kind)?.columns ?? [];
  return (
    <section>
      <div class="fields">
        <label>
          {t(say("imports.kind"))}
          <select name="kind" value={kind} onChange={(event) => onKind(event.currentTarget.value)}>
            {known.map((one) => (
              <option key={one.kind} value={one.kind}>
                {t(wordOf("imports.kind", one.kind))}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t(say("imports.choose"))}
          <input
            type="file"
            name="file"
            accept=".csv,.tsv,.txt,.xlsx,.xls,.ods,text/csv"
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen) {
                void onFile(chosen);
              }
            }}
          />
        </label>
      </div>
      <p>{t(say("imports.explain"))}</p>
      <p class="expected" data-test="expected">
        {t(say("imports.columns"))}
        {columns.map((column) => (
          <code key={column.name}>
            {column.required ? <strong>{column.name} *</strong> : column.name}
          </code>
        ))}
      </p>
      <p>
        <a
          data-test="empty-file"
          download={`${kind}.csv`}
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(`${columns.map((c) => c.name).join(",")}\n`)}`}
        >
          {t(say("imports.empty_file"))}
        </a>
      </p>
      <p>{t(kind === "opening-stock" ? say("imports.once") : say("imports.same"))}</p>
    </section>
  );
}

function Lately({ past }: { past: readonly Brought[] }): VNode | null {
  return past.length === 0 ? null : (
    <section>
      <h2>{t(say("imports.lately"))}</h2>
      <table>
        <tbody>
          {past.map((one) => (
            <tr key={one.id} data-test="brought" data-state={one.state}>
              <td>{t(wordOf("imports.kind", one.kind))}</td>
              <td>{one.name}</td>
              <td>{t(one.problem ? badOf(one.problem) : wordOf("imports.state", one.state))}</td>
              <td>{t(say("imports.good", { count: one.good }))}</td>
              <td>
                {one.bad > 0 ? (
                  <a href={`/api/v1/office/imports/${one.id}/bad-rows`}>
                    {t(say("imports.bad", { count: one.bad }))}
                  </a>
                ) : (
                  ""
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ""));
    reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(file);
  });
}
