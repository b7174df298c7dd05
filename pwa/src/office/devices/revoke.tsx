/** Ending a lost handheld: asked once more, because it stops working at once. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { text } from "../rows.ts";
import type { RowProps } from "../tables/drawer.tsx";

export function Revoke({ row, refresh }: RowProps): VNode | null {
  const { api } = useDevice();
  const [sure, setSure] = useState(false);
  const [said, setSaid] = useState<Text | null>(null);
  if (row.revoked === true) return <p class="mark">{t(say("devices.is_revoked"))}</p>;
  const revoke = (): void => {
    void api.post(`/office/devices/${text(row.id)}/revoke`, {}).then((answer) => {
      setSaid(answer.ok ? say("office.done") : troubleOf(answer));
      refresh();
    });
  };
  return (
    <section class="ask">
      {sure ? (
        <>
          <p>{t(say("devices.sure", { label: text(row.label) }))}</p>
          <div class="row">
            <button type="button" class="grave" data-test="revoke-sure" onClick={revoke}>
              {t(say("devices.revoke"))}
            </button>
            <button type="button" data-test="revoke-not" onClick={() => setSure(false)}>
              {t(say("office.cancel"))}
            </button>
          </div>
        </>
      ) : (
        <button type="button" data-test="revoke" onClick={() => setSure(true)}>
          {t(say("devices.revoke"))}
        </button>
      )}
      <p role="status" data-test="feedback">
        {said ? t(said) : ""}
      </p>
    </section>
  );
}
