/** Who walks for what, how far, since when; a walk can change hands. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { say, t } from "../../words/text.ts";
import { type Act, Ask } from "./acting.tsx";
import { since } from "./age.ts";
import type { HandheldRow, Walk } from "./rows.ts";

export function Walks({
  walks,
  handhelds,
  act,
}: {
  walks: readonly Walk[];
  handhelds: readonly HandheldRow[];
  act: Act;
}): VNode {
  if (walks.length === 0) {
    return <p class="calm">{t(say("now.none"))}</p>;
  }
  return (
    <table data-test="walks">
      <thead>
        <tr>
          <th>{t(say("now.who"))}</th>
          <th>{t(say("now.device"))}</th>
          <th>{t(say("now.order"))}</th>
          <th class="figure">{t(say("now.stops"))}</th>
          <th>{t(say("now.since"))}</th>
          <th>{t(say("now.last_scan"))}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {walks.map((walk) => (
          <Line key={walk.task} {...{ walk, handhelds, act }} />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps {
  readonly walk: Walk;
  readonly handhelds: readonly HandheldRow[];
  readonly act: Act;
}

function Line({ walk, handhelds, act }: LineProps): VNode {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <tr data-test="walk" data-number={walk.number}>
        <td>{walk.person ?? t(say("now.nobody"))}</td>
        <td>{walk.label ?? "?"}</td>
        <td>
          <strong>{walk.number}</strong> {walk.customer}
        </td>
        <td class="figure">
          {walk.done}/{walk.stops}
        </td>
        <td>{t(since(walk.since))}</td>
        <td>{t(since(walk.lastScan))}</td>
        <td>
          <div class="row">
            <button type="button" data-test="reassign" onClick={() => setAsking(true)}>
              {t(say("now.reassign"))}
            </button>
          </div>
        </td>
      </tr>
      {asking ? (
        <tr>
          <td colSpan={7}>
            <TakeOver {...{ walk, handhelds, act }} onBack={() => setAsking(false)} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function TakeOver({
  walk,
  handhelds,
  act,
  onBack,
}: LineProps & { readonly onBack: () => void }): VNode {
  const give = (device: string | null): void => {
    void act("picking.reassign", { task: walk.task, device, note: null });
    onBack();
  };
  const others = handhelds.filter((row) => row.picks && row.device !== walk.device);
  return (
    <Ask question={say("now.reassign_ask", { number: walk.number })} onBack={onBack}>
      <button type="button" data-test="to-pool" onClick={() => give(null)}>
        {t(say("now.pool"))}
      </button>
      {others.map((row) => (
        <button
          type="button"
          key={row.device}
          data-test="to-handheld"
          onClick={() => give(row.device)}
        >
          {[row.label, row.person].filter(Boolean).join(" · ")}
        </button>
      ))}
    </Ask>
  );
}
