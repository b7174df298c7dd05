/** PINs for everybody on the floor who has none: made on the server, seen here once. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "./asking.ts";
import { body, list, type Pin, pin } from "./rows.ts";

export function PinsPage(): VNode {
  const device = useDevice();
  const [given, setGiven] = useState<readonly Pin[]>([]);
  const [said, setSaid] = useState<Text | null>(null);
  const [busy, setBusy] = useState(false);
  const give = (): void => {
    setBusy(true);
    void device.api.post("/office/pins", {}).then((answer) => {
      setBusy(false);
      if (!answer.ok) {
        setSaid(troubleOf(answer));
        return;
      }
      const fresh = list(body(answer.body).items).map(pin);
      const more = body(answer.body).more === true;
      setGiven((before) => [...before, ...fresh]);
      setSaid(
        more
          ? say("start.pins_more")
          : fresh.length > 0
            ? say("start.pins_once")
            : say("start.pins_none"),
      );
    });
  };
  return (
    <main class="live" data-test="pins-page">
      <h1>{t(say("start.pins"))}</h1>
      <p>{t(say("start.pins_why"))}</p>
      <p role="status" data-test="feedback">
        {said ? t(said) : ""}
      </p>
      <div class="row">
        <button type="button" class="main" data-test="give-pins" disabled={busy} onClick={give}>
          {t(say("start.pins_do"))}
        </button>
        {given.length > 0 ? (
          <button type="button" data-test="print" onClick={() => print()}>
            {t(say("start.print"))}
          </button>
        ) : null}
      </div>
      {given.length > 0 ? <Given given={given} /> : null}
    </main>
  );
}

function Given({ given }: { given: readonly Pin[] }): VNode {
  return (
    <table class="paper">
      <thead>
        <tr>
          <th>{t(say("start.badge"))}</th>
          <th>{t(say("start.name"))}</th>
          <th>PIN</th>
        </tr>
      </thead>
      <tbody>
        {given.map((one) => (
          <tr key={one.badge} data-test="pin" data-badge={one.badge}>
            <td>{one.badge}</td>
            <td>{one.name}</td>
            <td data-test="digits">
              <strong>{one.pin}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
