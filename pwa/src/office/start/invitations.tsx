/** Invitations on labels: one a handheld, for those who unpack a box of them. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "./asking.ts";
import { body, text } from "./rows.ts";

const MOST = 16;

export function Invitations(): VNode {
  const { api } = useDevice();
  const [count, setCount] = useState(4);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const [href, setHref] = useState<string | null>(null);
  const print = async (): Promise<void> => {
    const answer = await api.post("/office/labels/enrolment", { count });
    setTrouble(answer.ok ? null : troubleOf(answer));
    if (answer.ok) {
      setHref(`data:application/pdf;base64,${text(body(answer.body).pdf)}`);
    }
  };
  return (
    <section>
      <h2>{t(say("labels.invitations"))}</h2>
      {trouble ? <p role="alert">{t(trouble)}</p> : null}
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
        <button type="button" data-test="invitations" onClick={() => void print()}>
          {t(say("labels.make"))}
        </button>
        {href ? (
          <a class="button main" data-test="invitations-pdf" href={href} download="handhelds.pdf">
            {t(say("labels.download"))}
          </a>
        ) : null}
      </div>
    </section>
  );
}
