/** Which rules this house obeys, where, and since when; each leads to where it is changed. */
import type { ComponentChildren, VNode } from "preact";
import { columnOf, worded } from "../../words/codes.ts";
import { named, say, type Text, t } from "../../words/text.ts";
import "../../styles/now.css";
import { useLive } from "../now/live.ts";
import { addressOf } from "../place.ts";
import { type ItemRule, PLACE_MOST, type PlaceRule, type Rules, rules } from "./rows.ts";
import { changedWords, limitWords, toleranceWords } from "./words.ts";

const ALWAYS = ["rules.second_person", "rules.recount", "rules.not_picked"] as const;

export function RulesPage(): VNode {
  const { value, trouble } = useLive("/office/rules", rules);
  return (
    <main class="now" data-test="rules">
      <h1>{t(say("rules.title"))}</h1>
      {value === null ? (
        <p class="calm">{t(trouble ?? say("office.loading"))}</p>
      ) : (
        <>
          <Limits told={value} />
          <Order told={value} />
          <Places told={value} />
          <section>
            <h2>{t(say("rules.always"))}</h2>
            <ul>
              {ALWAYS.map((word) => (
                <li key={word}>{t(named(word))}</li>
              ))}
            </ul>
          </section>
        </>
      )}
    </main>
  );
}

function Table({
  heads,
  children,
}: {
  heads: readonly Text[];
  children: ComponentChildren;
}): VNode {
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={t(head)}>{t(head)}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Limits({ told }: { told: Rules }): VNode {
  const lines = [
    ["adjustment_limit", say("rules.corrections"), limitWords(told.limit), told.limit],
    ["count_tolerance", say("rules.counts"), toleranceWords(told.tolerance), told.tolerance],
  ] as const;
  return (
    <section>
      <h2>{t(say("rules.limits"))}</h2>
      <Table heads={[say("rules.rule"), say("rules.says"), say("rules.changed")]}>
        {lines.map(([id, name, words, { changed }]) => (
          <tr key={id} data-test={`rule-${id}`}>
            <td>
              <a href={addressOf("limits")}>{t(name)}</a>
            </td>
            <td>{t(words)}</td>
            <td>{t(changedWords(changed))}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

/** Which goods leave first, and which items are received otherwise than ordered. */
function Order({ told }: { told: Rules }): VNode {
  return (
    <section>
      <h2>{t(say("rules.items"))}</h2>
      <p class="row" data-test="rotations">
        {told.rotation.map(([rotation, count]) => (
          <a key={rotation} href={addressOf("items", { rotation })}>
            {t(worded("rotation", rotation))}: {count}
          </a>
        ))}
      </p>
      {told.items.length > 0 ? (
        <Table heads={[columnOf("sku"), say("rules.says"), say("rules.changed")]}>
          {told.items.map((item) => (
            <tr key={item.id} data-test="item-rule">
              <td>
                <a href={addressOf("items", { q: item.sku, row: item.id })}>{item.sku}</a>{" "}
                {item.name}
              </td>
              <td>
                {itemWords(item)
                  .map((words) => t(words))
                  .join(" · ")}
              </td>
              <td>{t(changedWords(item.changed))}</td>
            </tr>
          ))}
        </Table>
      ) : null}
      {told.moreItems ? <p>{t(say("rules.more"))}</p> : null}
    </section>
  );
}

const itemWords = (item: ItemRule): readonly Text[] => [
  worded("rotation", item.rotation),
  ...(item.expiryNeeded ? [columnOf("expiry_required")] : []),
  ...(item.leastLife > 0 ? [say("rules.least_life", { days: item.leastLife })] : []),
  ...(item.overReceipt > 0 ? [say("rules.over_receipt", { percent: item.overReceipt })] : []),
];

function Places({ told }: { told: Rules }): VNode {
  return (
    <section>
      <h2>{t(say("rules.places"))}</h2>
      {told.places.length === 0 ? <p class="calm">{t(say("rules.no_places"))}</p> : null}
      {told.places.length > 0 ? (
        <Table
          heads={[columnOf("code"), columnOf("zone_code"), say("rules.says"), say("rules.changed")]}
        >
          {told.places.map((place) => (
            <tr key={place.id} data-test="place-rule">
              <td>
                <a href={addressOf("places", { q: place.code, row: place.id })}>{place.code}</a>{" "}
                {t(worded("place", place.kind))}
              </td>
              <td>{place.zone ?? "–"}</td>
              <td>{placeWords(place).join(" · ")}</td>
              <td>{t(changedWords(place.changed))}</td>
            </tr>
          ))}
        </Table>
      ) : null}
      {told.morePlaces ? <p>{t(say("rules.more"))}</p> : null}
    </section>
  );
}

const placeWords = (place: PlaceRule): readonly string[] => [
  ...place.flags.map((flag) => t(columnOf(flag))),
  ...PLACE_MOST.filter((name) => place.most[name] !== null).map(
    (name) => `${t(columnOf(name))}: ${place.most[name]}`,
  ),
];
