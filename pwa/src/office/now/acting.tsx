/** One decision about one thing: sent as an operation, answered in words, confirmed in place. */
import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import type { Device } from "../../device.ts";
import { useDevice } from "../../ui/context.ts";
import { codeOf } from "../../words/codes.ts";
import { say, type Text, t } from "../../words/text.ts";
import { body, list } from "../rows.ts";

export type Decision =
  | "ordering.release"
  | "ordering.hold_back"
  | "ordering.prioritise"
  | "ordering.cancel_order"
  | "picking.reassign"
  | "stock.adjust"
  | "stock.scrap"
  | "stock.found"
  | "stock.set_limit"
  | "counting.set_tolerance"
  | "periods.close_period"
  | "stock.approve_adjustment"
  | "stock.reject_adjustment"
  | "requisitions.request"
  | "requisitions.approve"
  | "requisitions.reject"
  | "identification.map_barcode"
  | "identification.unmap_barcode";

export interface Said {
  readonly done: boolean;
  readonly words: Text;
}

export type Act = (kind: Decision, payload: Readonly<Record<string, unknown>>) => Promise<boolean>;

async function send(
  device: Device,
  kind: Decision,
  payload: Readonly<Record<string, unknown>>,
): Promise<Said> {
  const operation = { id: device.newId(), kind, kind_v: 1, payload, cause: null };
  const answer = await device.api.post("/operations", operation);
  if (answer.ok) {
    const waits = list(body(answer.body).codes).includes("stock.awaits_approval");
    return { done: true, words: say(waits ? "acting.awaits" : "office.done") };
  }
  if (answer.offline) {
    return { done: false, words: say("office.offline") };
  }
  return { done: false, words: say("office.failed", { code: codeOf(answer.problem.code) }) };
}

/** Says what became of the last decision, and lets the screen look again. */
export function useActing(after: () => void): { readonly said: Said | null; readonly act: Act } {
  const device = useDevice();
  const [said, setSaid] = useState<Said | null>(null);
  const act: Act = async (kind, payload) => {
    const answer = await send(device, kind, payload);
    setSaid(answer);
    after();
    return answer.done;
  };
  return { said, act };
}

export function Feedback({ said, trouble }: { said: Said | null; trouble: Text | null }): VNode {
  const words = trouble ?? said?.words ?? null;
  const wrong = trouble !== null || said?.done === false;
  return (
    <p role="status" class={wrong ? "said wrong" : "said"} data-test="feedback">
      {words === null ? "" : t(words)}
    </p>
  );
}

/** A question in the place where it arose, with the way back beside it. */
export function Ask({
  question,
  onBack,
  children,
}: {
  question: Text;
  onBack: () => void;
  children: ComponentChildren;
}): VNode {
  return (
    <fieldset class="ask" data-test="ask">
      <legend>{t(question)}</legend>
      <div class="row">
        {children}
        <button type="button" data-test="ask-back" onClick={onBack}>
          {t(say("acting.back"))}
        </button>
      </div>
    </fieldset>
  );
}

export function Note({
  value,
  onInput,
}: {
  value: string;
  onInput: (text: string) => void;
}): VNode {
  return (
    <label>
      {t(say("acting.note"))}
      <input
        data-test="note"
        maxLength={400}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
