/** Bringing a handheld in: a code to scan or type, good for one. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { body, number, text } from "../rows.ts";
import type { ActionProps } from "../tables/extras.ts";

interface Invitation {
  readonly code: string;
  readonly ends: number;
  readonly size: number;
  readonly path: string;
}

const invitation = (value: unknown): Invitation => {
  const one = body(value);
  const qr = body(one.qr);
  return {
    code: text(one.code),
    ends: number(one.expires_at) ?? 0,
    size: number(qr.size) ?? 1,
    path: text(qr.path),
  };
};

const HOUR = 3_600_000;

export function Enrol({ refresh }: ActionProps): VNode {
  const { api } = useDevice();
  const [made, setMade] = useState<Invitation | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const invite = (): void => {
    void api.post("/office/devices/codes", {}).then((answer) => {
      setTrouble(answer.ok ? null : troubleOf(answer));
      if (answer.ok) setMade(invitation(answer.body));
    });
  };
  return (
    <>
      <button type="button" class="accent" data-test="enrol" onClick={invite}>
        {t(say("devices.enrol"))}
      </button>
      {trouble ? <p role="alert">{t(trouble)}</p> : null}
      {made ? (
        <section class="card invitation" data-test="invitation">
          <svg
            class="qr"
            viewBox={`0 0 ${made.size} ${made.size}`}
            role="img"
            aria-label={t(say("devices.qr"))}
          >
            <path d={made.path} />
          </svg>
          <div>
            <h2>{t(say("devices.scan_this"))}</h2>
            <p>{t(say("devices.or_type"))}</p>
            <p class="big" data-test="enrolment-code">
              {made.code}
            </p>
            <p>{t(say("devices.good_for", { hours: hoursLeft(made.ends) }))}</p>
            <button
              type="button"
              data-test="enrolled"
              onClick={() => {
                setMade(null);
                refresh();
              }}
            >
              {t(say("office.close"))}
            </button>
          </div>
        </section>
      ) : null}
    </>
  );
}

const hoursLeft = (ends: number): number => Math.max(Math.round((ends - Date.now()) / HOUR), 0);
