/** A person: roles and name by operation; PIN, user name and password by a door of their own. */
import type { TargetedSubmitEvent, VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { codeOf, columnOf } from "../../words/codes.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { body, text } from "../rows.ts";
import type { RowProps } from "./drawer.tsx";
import { Edit } from "./editing.tsx";

const SECRETS = ["pin", "username", "password"] as const;
type Secret = (typeof SECRETS)[number];

export function Person(props: RowProps): VNode {
  return (
    <>
      <Edit {...props} />
      <Secrets {...props} />
    </>
  );
}

function Secrets({ row, refresh }: RowProps): VNode {
  const { api } = useDevice();
  const [open, setOpen] = useState(false);
  const [bad, setBad] = useState<readonly string[]>([]);
  const [said, setSaid] = useState<Text | null>(null);
  const save = async (data: FormData): Promise<void> => {
    const typed = SECRETS.map((name) => [name, `${data.get(name) ?? ""}`.trim()] as const);
    const given = Object.fromEntries(typed.filter(([, value]) => value !== ""));
    const answer = await api.post(`/office/people/${text(row.id)}/secrets`, given);
    setBad(answer.ok ? [] : Object.keys(body(answer.problem?.fields)));
    if (!answer.ok) {
      setSaid(answer.offline ? troubleOf(answer) : codeOf(answer.problem.code));
      return;
    }
    setOpen(false);
    setSaid(say("office.saved"));
    refresh();
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save(new FormData(event.currentTarget)).catch(() => setSaid(say("form.wrong")));
  };
  return (
    <section class="ask">
      {open ? (
        <form class="record" data-test="secrets" onSubmit={submit} noValidate>
          {SECRETS.map((name) => (
            <SecretInput key={name} name={name} row={row} bad={bad.includes(name)} />
          ))}
          <div class="row">
            <button type="submit" class="accent" data-test="save-secrets">
              {t(say("office.save"))}
            </button>
            <button type="button" onClick={() => setOpen(false)}>
              {t(say("office.cancel"))}
            </button>
          </div>
        </form>
      ) : (
        <button type="button" data-test="set-secrets" onClick={() => setOpen(true)}>
          {t(say("people.secrets"))}
        </button>
      )}
      <p role="status" data-test="secrets-said">
        {said ? t(said) : ""}
      </p>
    </section>
  );
}

function SecretInput({
  name,
  row,
  bad,
}: {
  name: Secret;
  row: RowProps["row"];
  bad: boolean;
}): VNode {
  const note = bad ? <span class="bad">{t(say(`people.bad_${name}`))}</span> : null;
  return name === "username" ? (
    <label>
      {t(columnOf(name))}
      <input name={name} defaultValue={text(row.username)} autocomplete="off" aria-invalid={bad} />
      {note}
    </label>
  ) : (
    <label>
      {t(columnOf(name))}
      <input name={name} type="password" autocomplete="new-password" aria-invalid={bad} />
      {note}
    </label>
  );
}
