/** Which rules this house obeys, where, and since when; each leads to where it is changed. */
import type { VNode } from "preact";
import { columnOf, worded } from "../../words/codes.ts";
import { named, say, type Text, t } from "../../words/text.ts";
import "../../styles/now.css";
import { addressOf, type Query } from "../place.ts";
import { useRules } from "./asking.ts";
import { type Changed, type ItemRule, PLACE_MOST, type PlaceRule, type Rules } from "./rows.ts";
import { booksWords, changedWords, limitWords, toleranceWords } from "./words.ts";

const ALWAYS = ["rules.second_person", "rules.recount", "rules.not_picked"] as const;

interface Line {
  readonly id: string;
  readonly says: string;
  readonly where: string;
  /** Where it is changed. */
  readonly address: string;
  readonly changed: Changed | null;
}

export function RulesPage(): VNode {
  const { value, trouble } = useRules();
  return (
    <main class="now" data-test="rules">
      <h1>{t(say("rules.title"))}</h1>
      {value === null ? (
        <p class="calm">{t(trouble ?? say("office.loading"))}</p>
      ) : (
        <>
          <Section title={say("rules.limits")} lines={limits(value)} />
          <Section title={say("rules.items")} lines={value.items.map(itemLine)} />
          {value.places.length > 0 ? (
            <Section title={say("rules.places")} lines={value.places.map(placeLine)} />
          ) : (
            <p class="calm">{t(say("rules.no_places"))}</p>
          )}
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

function Section({ title, lines }: { title: Text; lines: readonly Line[] }): VNode {
  return (
    <section>
      <h2>{t(title)}</h2>
      <table class="told-rules">
        <thead>
          <tr>
            <th>{t(say("rules.where"))}</th>
            <th>{t(say("rules.says"))}</th>
            <th>{t(say("rules.changed"))}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} data-test="rule" data-rule={line.id}>
              <td>
                <a href={line.address}>{line.where}</a>
              </td>
              <td>{line.says}</td>
              <td>{t(changedWords(line.changed))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function limits({ limit, tolerance, books }: Rules): readonly Line[] {
  const address = addressOf("limits");
  return [
    {
      id: "adjustment_limit",
      where: t(say("rules.corrections")),
      says: t(limitWords(limit)),
      address,
      changed: limit.changed,
    },
    {
      id: "count_tolerance",
      where: t(say("rules.counts")),
      says: t(toleranceWords(tolerance)),
      address,
      changed: tolerance.changed,
    },
    {
      id: "books",
      where: t(say("books.tab")),
      says: t(booksWords(books)),
      address: addressOf("books"),
      changed: books.changed,
    },
  ];
}

/** How many, and which: one by its code, many from the first to the last. */
const which = ({ count, first, last }: ItemRule | PlaceRule, of: Text): string =>
  count === 1 ? `${t(of)} ${first}` : t(say("rules.which", { count, of, first, last }));

function itemLine(rule: ItemRule): Line {
  const says = [
    worded("rotation", rule.rotation),
    ...(rule.expiryNeeded ? [columnOf("expiry_required")] : []),
    ...(rule.leastLife > 0 ? [say("rules.least_life", { days: rule.leastLife })] : []),
    ...(rule.overReceipt > 0 ? [say("rules.over_receipt", { percent: rule.overReceipt })] : []),
  ].map((words) => t(words));
  const alike: Query = {
    rotation: rule.rotation,
    expiry_required: `${rule.expiryNeeded}`,
    ...exactly("min_life_days", rule.leastLife),
    ...exactly("over_receipt_percent", rule.overReceipt),
  };
  return {
    id: `item ${rule.first}`,
    where: which(rule, say("rules.item")),
    says: says.join(" · "),
    address: addressOf("items", alike),
    changed: rule.changed,
  };
}

const exactly = (column: string, value: number): Query => ({
  [`${column}.from`]: `${value}`,
  [`${column}.to`]: `${value}`,
});

function placeLine(rule: PlaceRule): Line {
  const most = PLACE_MOST.flatMap((name) => {
    const value = rule.most[name];
    return value === null ? [] : [{ name, value }];
  });
  const says = [
    ...rule.flags.map((flag) => t(columnOf(flag))),
    ...most.map(({ name, value }) => `${t(columnOf(name))}: ${value}`),
  ];
  const alike: Query = {
    kind: rule.kind,
    ...Object.fromEntries(rule.flags.map((flag) => [flag, "true"])),
    ...Object.assign({}, ...most.map(({ name, value }) => exactly(name, value))),
  };
  return {
    id: `place ${rule.first}`,
    where: which(rule, worded("place", rule.kind)),
    says: says.join(" · "),
    address: addressOf("places", alike),
    changed: rule.changed,
  };
}
