/** How sure a count is, how far the picture is complete, and which handhelds hold it up. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDevice } from "../ui/context.ts";
import { language, say, type Text, t } from "../words/text.ts";
import { type Complete, complete, type Sheet, type Silent } from "./rows.ts";
import { moment } from "./tables/cell.ts";

const HERE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const local = (at: number): string => moment(at, { timeZone: HERE, tongue: language.value });

const seconds = (ms: number): string =>
  new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 }).format(ms / 1000);

/** A moment within its error, and whether anything from before it may still come. */
export function Certainty({ row }: { row: Sheet }): VNode | null {
  if (row.ended === null) return null;
  const said: readonly Text[] = [
    say("counts.during", {
      from: local(row.began ?? row.ended),
      to: local(row.ended),
      seconds: seconds(row.error),
    }),
    row.through === null
      ? say("counts.provisional")
      : say("counts.settled", { time: local(row.through) }),
    ...(row.recount ? [say("counts.recount_ordered")] : []),
  ];
  return (
    <div class="certainty" data-test="certainty">
      {said.map((line) => (
        <p key={t(line)}>{t(line)}</p>
      ))}
    </div>
  );
}

/** Asked for anew with the sheets it explains. */
export function HowComplete({ asked }: { asked: readonly Sheet[] | null }): VNode | null {
  const { api } = useDevice();
  const [known, setKnown] = useState<Complete | null>(null);
  useEffect(() => {
    if (asked === null) return;
    void api.get("/counts/complete").then((answer) => {
      if (answer.ok) setKnown(complete(answer.body));
    });
  }, [api, asked]);
  if (known === null) return null;
  return (
    <div data-test="how-complete">
      <h2>{t(say("counts.complete"))}</h2>
      <ul class="zones">
        {known.zones.map(({ code, through }) => (
          <li key={code ?? ""} data-test="zone-through">
            <strong>{code ?? t(say("counts.elsewhere"))}</strong>{" "}
            {t(
              say("counts.through", {
                time: through > 0 ? local(through) : t(say("counts.never")),
              }),
            )}
          </li>
        ))}
      </ul>
      {known.silent.map((row) => (
        <SaysNothing key={row.device} row={row} />
      ))}
    </div>
  );
}

function SaysNothing({ row }: { row: Silent }): VNode {
  const since = row.lastSeen === null ? t(say("counts.never")) : local(row.lastSeen);
  const held =
    row.counts.length === 0
      ? say("counts.holds_up_nothing")
      : say("counts.holds_up", { places: row.counts.join(", ") });
  return (
    <p class="notice" data-test="silent">
      <strong>{row.label}</strong> · {t(say("counts.silent", { time: since }))} · {t(held)}
    </p>
  );
}
