/** Labels to a printer on the network, through the server's queue. */
import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../start/asking.ts";
import type { Printer } from "./queue-rows.ts";
import { FIELDS, type Offered, type Wish } from "./rows.ts";

interface SendProps {
  readonly wish: Wish;
  readonly kind: Offered;
  readonly printers: readonly Printer[];
  readonly onSent: (said: Text) => void;
}

/** A button for every printer whose roll fits. */
export function Send({ wish, kind, printers, onSent }: SendProps): VNode {
  const { api, newId } = useDevice();
  const [busy, setBusy] = useState(false);
  const id = useRef<{ readonly of: string; readonly id: string } | null>(null);
  const send = async (printer: Printer): Promise<void> => {
    const body = { ...payload(wish), printer: printer.id };
    const of = JSON.stringify(body);
    // Until an answer has come it is the same job, however often somebody taps.
    if (id.current?.of !== of) id.current = { of, id: newId() };
    setBusy(true);
    const answer = await api.post("/office/print-jobs", { ...body, id: id.current.id });
    setBusy(false);
    if (answer.ok) id.current = null;
    onSent(answer.ok ? say("labels.sent", { printer: printer.name }) : troubleOf(answer));
  };
  const fitting = printers.filter(({ media }) => kind.media.some(({ name }) => name === media));
  return (
    <>
      {fitting.map((printer) => (
        <button
          type="button"
          key={printer.id}
          data-test="send"
          disabled={busy}
          onClick={() => void send(printer)}
        >
          {t(say("labels.send", { printer: printer.name }))}
        </button>
      ))}
    </>
  );
}

function payload(wish: Wish): Readonly<Record<string, string | number>> {
  const fields = Object.fromEntries(FIELDS[wish.kind].map((name) => [name, wish[name].trim()]));
  const { kind, symbology, copies } = wish;
  return { ...fields, kind, symbology, copies, arrow: kind === "location" ? wish.arrow : "none" };
}
