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
    </main>
  );
}
