/** An invitation for one handheld: asked for once, shown as a QR to scan and a code to type. */
import type { ComponentChildren, VNode } from "preact";
import { useCallback, useState } from "preact/hooks";
import type { Api } from "../../device.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { body, number, text } from "../rows.ts";

interface Invitation {
  readonly code: string;
  readonly ends: number;
  readonly size: number;
  readonly path: string;
}

interface Inviting {
  readonly invitation: Invitation | null;
  readonly trouble: Text | null;
  invite(): void;
  close(): void;
}

const HOUR = 3_600_000;

const read = (value: unknown): Invitation => {
  const one = body(value);
  const qr = body(one.qr);
  return {
    code: text(one.code),
    ends: number(one.expires_at) ?? 0,
    size: number(qr.size) ?? 1,
    path: text(qr.path),
  };
};

/** `replaces`: whose name it gives to whoever comes with nothing. */
export function useInvitation(api: Api, replaces: string | null = null): Inviting {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const invite = useCallback(() => {
    void api.post("/office/devices/codes", { replaces }).then((answer) => {
      setTrouble(answer.ok ? null : troubleOf(answer));
      if (answer.ok) setInvitation(read(answer.body));
    });
  }, [api, replaces]);
  return { invitation, trouble, invite, close: () => setInvitation(null) };
}

export function Invited({
  invitation,
  children,
}: {
  invitation: Invitation;
  children: ComponentChildren;
}): VNode {
  const { code, ends, path, size } = invitation;
  return (
    <section class="card invitation" data-test="invitation">
      <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t(say("devices.qr"))}>
        <path d={path} />
      </svg>
      <div>
        <h2>{t(say("devices.scan_this"))}</h2>
        <p>{t(say("devices.or_type"))}</p>
        <p class="big" data-test="enrolment-code">
          {code}
        </p>
        <p>{t(say("devices.good_for", { hours: hoursLeft(ends) }))}</p>
        {children}
      </div>
    </section>
  );
}

const hoursLeft = (ends: number): number => Math.max(Math.round((ends - Date.now()) / HOUR), 0);
