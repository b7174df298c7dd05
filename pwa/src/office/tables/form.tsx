/** One form for all master data: fields from a list, what is wrong beside its field. */
import type { TargetedSubmitEvent, VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { codeOf, columnOf, worded } from "../../words/codes.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { body, list, text } from "../rows.ts";
import type { Column, Row } from "./answer.ts";
import { fill, packagingsOf } from "./filling.ts";
import { choicesOf, type Field, type Form, initial, type Packaging, TONGUES } from "./forms.ts";
import { Packagings } from "./packagings.tsx";

export const ROLES = [
  "receiver",
  "picker",
  "counter",
  "packer",
  "requester",
  "supervisor",
  "planner",
  "admin",
] as const;

export interface FormProps {
  readonly form: Form;
  readonly columns: readonly Column[];
  readonly row: Row | null;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
}

export function RecordForm({ form, columns, row, onSaved, onCancel }: FormProps): VNode {
  const device = useDevice();
  const [wrong, setWrong] = useState<Readonly<Record<string, Text>>>({});
  const [said, setSaid] = useState<Text | null>(null);
  const [packagings, setPackagings] = useState<readonly Packaging[]>(() => packagingsOf(row));
  const save = async (data: FormData): Promise<void> => {
    const filled = await fill(device.api, form, data, packagings);
    setWrong(filled.wrong);
    if (Object.keys(filled.wrong).length > 0) return setSaid(say("form.wrong"));
    const { payload } = filled;
    const asked = { id: device.newId(), kind: form.kind, kind_v: 1, payload, cause: null };
    const answer = await device.api.post("/operations", asked);
    if (answer.ok) return onSaved();
    const fields = body(answer.problem?.fields);
    setWrong(Object.fromEntries(Object.keys(fields).map((name) => [name, say("form.bad")])));
    setSaid(answer.offline ? troubleOf(answer) : codeOf(answer.problem.code));
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    save(data).catch(() => setSaid(say("form.wrong")));
  };
  return (
    <form class="record" data-test="record-form" onSubmit={submit} noValidate>
      {form.fields.map((field) => (
        <div key={field.name} class="field">
          {field.type === "packagings" ? (
            <Packagings packagings={packagings} onChange={setPackagings} />
          ) : (
            <Input field={field} row={row} columns={columns} bad={field.name in wrong} />
          )}
          <p class="bad" data-test={`bad-${field.name}`}>
            {wrong[field.name] ? t(wrong[field.name] ?? "") : ""}
          </p>
        </div>
      ))}
      <p role="status" data-test="feedback">
        {said ? t(said) : ""}
      </p>
      <div class="row">
        <button type="submit" class="accent" data-test="save">
          {t(say("office.save"))}
        </button>
        <button type="button" data-test="cancel" onClick={onCancel}>
          {t(say("office.cancel"))}
        </button>
      </div>
    </form>
  );
}

interface InputProps {
  readonly field: Field;
  readonly row: Row | null;
  readonly columns: readonly Column[];
  readonly bad: boolean;
}

function Input({ field, row, columns, bad }: InputProps): VNode {
  const { name } = field;
  const value = initial(field, row);
  const before = value === undefined || value === null ? "" : `${value}`;
  const title = t(columnOf(name));
  switch (field.type) {
    case "flag":
      return (
        <label class="check">
          <input type="checkbox" name={name} defaultChecked={value === true} />
          {title}
        </label>
      );
    case "choice":
      return (
        <label>
          {title}
          <select name={name} defaultValue={before} aria-invalid={bad}>
            {before === "" ? <option value="" /> : null}
            {choicesOf(columns, field).map((choice) => (
              <option key={choice} value={choice} selected={choice === before}>
                {t(worded(field.words, choice))}
              </option>
            ))}
          </select>
        </label>
      );
    case "roles":
      return <Roles name={name} held={list(value).map(text)} />;
    case "label":
      return (
        <>
          {TONGUES.map((tongue) => (
            <label key={tongue}>
              {t(columnOf(`${name}_${tongue}`))}
              <input name={`${name}_${tongue}`} defaultValue={text(row?.[`${name}_${tongue}`])} />
            </label>
          ))}
        </>
      );
    case "number":
      return (
        <label>
          {title}
          <input type="number" {...typing(field, row, bad)} />
        </label>
      );
    default:
      return (
        <label>
          {title}
          <input {...typing(field, row, bad)} />
        </label>
      );
  }
}

function typing(field: Field, row: Row | null, bad: boolean) {
  const value = initial(field, row);
  return {
    name: field.name,
    defaultValue: value === undefined || value === null ? "" : `${value}`,
    readOnly: row !== null && "fixed" in field,
    "aria-invalid": bad,
    autocomplete: "off",
  } as const;
}

function Roles({ name, held }: { name: string; held: readonly string[] }): VNode {
  return (
    <fieldset>
      <legend>{t(columnOf(name))}</legend>
      <div class="checks">
        {ROLES.map((role) => (
          <label class="check" key={role}>
            <input type="checkbox" name={name} value={role} defaultChecked={held.includes(role)} />
            {t(worded("role", role))}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
