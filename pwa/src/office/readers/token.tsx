/** A token, shown once, with what else the reader's own page asks for. */
import type { VNode } from "preact";
import { say, t } from "../../words/text.ts";

export interface Given {
  readonly name: string;
  readonly token: string;
}

export function Token({ given, onDone }: { given: Given; onDone: () => void }): VNode {
  return (
    <section class="token" data-test="token">
      <h2>{t(say("readers.token", { name: given.name }))}</h2>
      <p>{t(say("readers.token_once"))}</p>
      <dl>
        <dt>{t(say("readers.address"))}</dt>
        <dd>
          <code>{`${location.origin}/api/v1/rfid/reads`}</code>
        </dd>
        <dt>{t(say("readers.header"))}</dt>
        <dd>
          <code data-test="token-value">{`Authorization: Bearer ${given.token}`}</code>
        </dd>
      </dl>
      <p>{t(say("readers.basic"))}</p>
      <div class="row">
        <button type="button" data-test="token-done" onClick={onDone}>
          {t(say("readers.noted"))}
        </button>
      </div>
    </section>
  );
}
