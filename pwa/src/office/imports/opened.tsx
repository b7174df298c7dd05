/** A file on the table: how it is read, what its first rows say, and the button that brings it in. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { badOf, wordOf } from "../../words/bad.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../start/asking.ts";
import { Habits, Matching } from "./matching.tsx";
import {
  type Choice,
  type Kind,
  type Line,
  OWN,
  type Preview,
  preview,
  type Uploaded,
  unmatched,
} from "./rows.ts";

export function Opened({
  file,
  kind,
  onRun,
  onAgain,
}: {
  file: Uploaded;
  kind: Kind;
  onRun: (choice: Choice) => Promise<void>;
  onAgain: () => void;
}): VNode {
  const device = useDevice();
  const [choice, setChoice] = useState(file.choice);
  const [seen, setSeen] = useState<Preview | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const missing = unmatched(kind, choice);
  const id = file.brought.id;
  const ready = missing.length === 0;
  useEffect(() => {
    let current = true;
    setSeen(null);
    if (ready) {
      void device.api.post(`/office/imports/${id}/preview`, choice).then((answer) => {
        if (current) {
          setTrouble(answer.ok ? null : troubleOf(answer));
          setSeen(answer.ok ? preview(answer.body) : null);
        }
      });
    }
    return () => {
      current = false;
    };
  }, [device, id, choice, ready]);
  const problem = ready ? trouble : say("imports.required", { columns: missing.join(", ") });
  return (
    <>
      <h2 data-test="file">
        {t(wordOf("imports.kind", kind.kind))} · {file.brought.name}
      </h2>
      <div class="fields">
        <label>
          {t(say("imports.preset"))}
          <select
            name="preset"
            value={choice.preset}
            onChange={(event) => setChoice({ ...choice, preset: event.currentTarget.value })}
          >
            {kind.presets.map((name) => (
              <option key={name} value={name}>
                {t(wordOf("imports.preset", name))}
              </option>
            ))}
            <option value={OWN}>{t(say("imports.own_columns"))}</option>
          </select>
        </label>
        {choice.preset === OWN ? (
          <Habits choice={choice} workbook={file.brought.spreadsheet} onChoice={setChoice} />
        ) : null}
      </div>
      {choice.preset === OWN ? (
        <Matching kind={kind} header={file.header} choice={choice} onChoice={setChoice} />
      ) : null}
      <p role="alert" data-test="problem">
        {problem ? t(problem) : ""}
      </p>
      {seen ? <Look seen={seen} /> : null}
      <div class="row">
        <button
          type="button"
          class="main"
          data-test="bring-in"
          disabled={seen === null}
          onClick={() => void onRun(choice)}
        >
          {t(say("imports.bring"))}
        </button>
        <button type="button" data-test="another" onClick={onAgain}>
          {t(say("imports.again"))}
        </button>
      </div>
    </>
  );
}

function Look({ seen }: { seen: Preview }): VNode {
  const figures = { count: seen.lookedAt, bad: seen.bad };
  return (
    <>
      <p data-test="looked">
        {t(seen.more ? say("imports.looked_more", figures) : say("imports.looked", figures))}
      </p>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th>{t(say("imports.row"))}</th>
              {seen.bad > 0 ? <th>{t(say("imports.problem"))}</th> : null}
              {seen.header.map((cell, n) => (
                <th key={`${n}-${cell}`}>{cell}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {seen.lines.map((line) => (
              <Row key={line.row} line={line} told={seen.bad > 0} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ line, told }: { line: Line; told: boolean }): VNode {
  return (
    <tr data-test="line" data-bad={line.problem !== null}>
      <td>{line.row}</td>
      {told ? (
        <td>
          {line.problem ? (
            <span class="why">
              {t(badOf(line.problem))}
              <small>{line.said}</small>
            </span>
          ) : (
            ""
          )}
        </td>
      ) : null}
      {line.cells.map((cell, n) => (
        <td key={`${n}-${cell}`}>{cell}</td>
      ))}
    </tr>
  );
}
