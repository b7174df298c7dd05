/** Waiting for a handheld no more, and waiting again: a decision with a reason, in the log. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { decide } from "../deciding.ts";
import { text } from "../rows.ts";
import type { RowProps } from "../tables/drawer.tsx";
import { Gone, InItsPlace } from "./gone.tsx";
import { Revoke } from "./revoke.tsx";

/** Everything that is decided about one handheld. */
export function Handheld(props: RowProps): VNode {
  return (
    <>
      {props.row.revoked === true ? null : <Waiting {...props} />}
      <InItsPlace {...props} />
      <Gone {...props} />
      <Revoke {...props} />
    </>
  );
}

function Waiting({ row, refresh }: RowProps): VNode {
  const device = useDevice();
  const [reason, setReason] = useState("");
  const [said, setSaid] = useState<Text | null>(null);
  const excluded = row.standing === "excluded";
  const ask = (kind: "devices.exclude" | "devices.include", payload: object): void => {
    void decide(device, kind, { device: text(row.id), ...payload }).then((words) => {
      setSaid(words);
      setReason("");
      refresh();
    });
  };
  return (
    <section class="ask">
      {excluded ? (
        <>
          <p class="mark">{t(say("devices.excluded", { reason: text(row.excluded_reason) }))}</p>
          <button type="button" data-test="include" onClick={() => ask("devices.include", {})}>
            {t(say("devices.include"))}
          </button>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask("devices.exclude", { reason: reason.trim() });
          }}
        >
          <p>{t(say("devices.exclude_why"))}</p>
          <label>
            {t(say("devices.reason"))}
            <input
              name="reason"
              maxLength={400}
              value={reason}
              data-test="exclude-reason"
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </label>
          <button type="submit" data-test="exclude" disabled={reason.trim() === ""}>
            {t(say("devices.exclude"))}
          </button>
        </form>
      )}
      <p role="status" data-test="waited">
        {said ? t(said) : ""}
      </p>
    </section>
  );
}
