/** An invitation for one handheld: a code to scan with it, or to type. */
import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "./asking.ts";
import { body, list, text } from "./rows.ts";
import { Square } from "./square.tsx";

interface Invitation {
  readonly code: string;
  readonly modules: readonly string[];
}

export function HandheldsPage(): VNode {
  const device = useDevice();
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const invite = useCallback(() => {
    void device.api.post("/office/enrolment", {}).then((answer) => {
      setTrouble(answer.ok ? null : troubleOf(answer));
      if (answer.ok) {
        const { code, modules } = body(answer.body);
        setInvitation({ code: text(code), modules: list(modules).map(text) });
      }
    });
  }, [device]);
  useEffect(invite, [invite]);
  return (
    <main class="live" data-test="handhelds-page">
      <h1>{t(say("start.handhelds_do"))}</h1>
      <p role="status" data-test="feedback">
        {trouble ? t(trouble) : ""}
      </p>
      <ol class="told-steps">
        <li>{t(say("start.handhelds_open", { address: location.origin }))}</li>
        <li>{t(say("start.handhelds_scan"))}</li>
      </ol>
      {invitation ? (
        <figure class="invitation">
          <Square modules={invitation.modules} />
          <figcaption>
            <strong data-test="code">{invitation.code}</strong>
            <span>{t(say("start.handhelds_code"))}</span>
            <button type="button" data-test="new-code" onClick={invite}>
              {t(say("start.handhelds_new"))}
            </button>
          </figcaption>
        </figure>
      ) : null}
      <Invitations onTrouble={setTrouble} />
    </main>
  );
}

/** A label a handheld, for those who unpack a box of them. */
function Invitations({ onTrouble }: { onTrouble: (trouble: Text | null) => void }): VNode {
  const { api } = useDevice();
  const [count, setCount] = useState(4);
  const [href, setHref] = useState<string | null>(null);
  const print = async (): Promise<void> => {
    const answer = await api.post("/office/labels/enrolment", { count });
    onTrouble(answer.ok ? null : troubleOf(answer));
    if (answer.ok) {
      setHref(`data:application/pdf;base64,${text(body(answer.body).pdf)}`);
    }
  };
  return (
    <section>
      <h2>{t(say("labels.invitations"))}</h2>
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

const MOST = 16;
