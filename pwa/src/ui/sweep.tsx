/** Tags of a sled on the screen: how many, how fast, and what they are. */
import type { VNode } from "preact";
import { useLayoutEffect, useMemo } from "preact/hooks";
import type { Device } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import type { Flow } from "../flows/flow.ts";
import type { Running, Turns } from "../flows/running.ts";
import { Gathering, type Live } from "../flows/sweep/gathering.ts";
import { scanOfTag } from "../flows/sweep/swept.ts";
import type { View } from "../flows/view.ts";
import { say, t } from "../words/text.ts";
import { rising } from "./tones.ts";

export interface Sled {
  /** Whether this was a tag and is taken care of. */
  hears(scan: Scan): boolean;
  /** The flow for every other gesture: what the sled heard before comes first. */
  readonly first: Turns;
  readonly live: Live | null;
}

function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}

export function useSled<S>(flow: Flow<S>, device: Device, running: Running<S>): Sled {
  const gathering = useMemo(
    () =>
      new Gathering({
        now: () => performance.now(),
        after,
        newId: () => device.newId(),
        resolve: (epc) => device.replica.resolve(scanOfTag(epc)),
        take: (gesture) => running.take(gesture),
        rise: rising,
      }),
    [device, running],
  );
  useLayoutEffect(() => () => gathering.stop(), [gathering]);
  const first = useMemo(() => firstHeard(gathering, running), [gathering, running]);
  return {
    hears: (scan) => {
      const mode = flow.sweeps?.(running.state.value) ?? null;
      const tag = mode === null ? null : device.replica.tag(scan);
      if (mode !== null && tag) {
        gathering.hear(tag, mode);
      }
      return tag !== null;
    },
    first,
    live: gathering.live.value,
  };
}

const firstHeard = (gathering: Gathering, running: Turns): Turns => ({
  take: (gesture) => {
    gathering.end();
    return running.take(gesture);
  },
  undo: () => {
    gathering.end();
    return running.undo();
  },
});

export function Sweep({ view, live }: { view: View; live: Live | null }): VNode | null {
  const { sweep, near } = view;
  if (near !== undefined) {
    return <Near near={near} />;
  }
  // Where a pull is judged as a whole, its number has been answered when the trigger is let go.
  const counted = sweep || live?.running ? live : null;
  if (!counted && !sweep) {
    return null;
  }
  return (
    <section class="sweep" data-test="sweep" data-running={live?.running ?? false}>
      {counted ? <Count live={counted} /> : null}
      {sweep?.notes.map((note) => (
        <p key={t(note)} class="note" data-test="sweep-note">
          {t(note)}
        </p>
      ))}
      {sweep ? (
        <ul class="groups">
          {sweep.groups.map(({ key, text, count }) => (
            <li key={key} data-test="sweep-group" data-key={key}>
              <span>{t(text)}</span>
              <strong>{t(count)}</strong>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

const Count = ({ live }: { live: Live }): VNode => (
  <p class="unique">
    <span data-test="sweep-unique">{live.unique}</span> <small>{t(say("sweep.tags"))}</small>
    {live.running ? (
      <small class="rate" data-test="sweep-rate">
        {t(say("sweep.rate", { rate: live.rate }))}
      </small>
    ) : null}
  </p>
);

/** A bar that fills and a tone that rises: nobody looks at a number while turning round. */
const Near = ({ near }: { near: number | null }): VNode => (
  <section class="sweep" data-test="near" data-near={near ?? ""}>
    <p class="unique">
      <span>{near ?? "–"}</span> <small>{near === null ? "" : "%"}</small>
    </p>
    <progress max={100} value={near ?? 0} aria-label={t(say("sweep.find"))} />
  </section>
);
