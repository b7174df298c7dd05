/** A handheld that fell silent with work in it: enrolled again in its name, or given up for good. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { number, text } from "../rows.ts";
import type { RowProps } from "../tables/drawer.tsx";
import { Invited, useInvitation } from "./invitation.tsx";

/** It came back with nothing, or another takes its place: what it had not sent is declared lost. */
export function InItsPlace({ row, refresh }: RowProps): VNode {
  const { api } = useDevice();
  const { invitation, trouble, invite, close } = useInvitation(api, text(row.id));
  const enrolled = (): void => {
    close();
    refresh();
  };
  return (
    <>
      <section class="ask">
        <p>{t(say("devices.in_place_why"))}</p>
        <button type="button" data-test="in-its-place" onClick={invite}>
          {t(say("devices.in_place"))}
        </button>
        {trouble ? <p role="alert">{t(trouble)}</p> : null}
      </section>
      {invitation ? (
        <Invited invitation={invitation}>
          <button type="button" data-test="enrolled-in-its-place" onClick={enrolled}>
            {t(say("office.close"))}
          </button>
        </Invited>
      ) : null}
    </>
  );
}

/** One tap while work of it is known to be missing: revoked, and the loss in front of everybody. */
export function Gone({ row, refresh }: RowProps): VNode | null {
  const { api } = useDevice();
  const [said, setSaid] = useState<Text | null>(null);
  const unsent = number(row.unsent) ?? 0;
  if (row.revoked === true || unsent === 0) return null;
  const lose = (): void => {
    void api.post(`/office/devices/${text(row.id)}/lost`, {}).then((answer) => {
      setSaid(answer.ok ? say("office.done") : troubleOf(answer));
      refresh();
    });
  };
  return (
    <section class="ask">
      <p class="mark">{t(say("devices.holds", { count: unsent }))}</p>
      <button type="button" class="grave" data-test="lost-for-good" onClick={lose}>
        {t(say("devices.gone"))}
      </button>
      <p role="status" data-test="gone">
        {said ? t(said) : ""}
      </p>
    </section>
  );
}
