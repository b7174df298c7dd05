/** The figures of the moment; each opens its list. */
import type { VNode } from "preact";
import type { Icon as IconName } from "../../flows/view.ts";
import { Icon } from "../../ui/icon.tsx";
import { named, say, type Text, t, type Word } from "../../words/text.ts";
import { since } from "./age.ts";
import type { Moment, Stage, StageFigure } from "./rows.ts";

export type Panel = Stage | "walks" | "handhelds" | "exceptions" | "put_back";
/** Screens of their own. */
export type Elsewhere = "counts" | "adjustments" | "requisitions";

const STAGE_WORD: Readonly<Record<Stage, Word>> = {
  held: "now.stage.held",
  open: "now.stage.open",
  picking: "now.stage.picking",
  picked: "now.stage.picked",
  staged: "now.stage.staged",
  short: "now.stage.short",
  shipped: "now.stage.shipped",
};

const STAGE_ICON: Readonly<Record<Stage, IconName>> = {
  held: "stop",
  open: "order",
  picking: "pick",
  picked: "tote",
  staged: "dock",
  short: "empty",
  shipped: "truck",
};

export const stageWords = (stage: Stage): Text => named(STAGE_WORD[stage]);

interface TileProps {
  readonly name: string;
  readonly icon: IconName;
  readonly words: Text;
  readonly count: number;
  readonly facts: readonly Text[];
  /** Something here cannot wait; said in `facts` too. */
  readonly urgent: boolean;
  readonly chosen: boolean;
  onOpen(): void;
}

function Tile({ name, icon, words, count, facts, urgent, chosen, onOpen }: TileProps): VNode {
  return (
    <button
      type="button"
      class={urgent ? "tile urgent" : count === 0 && !chosen ? "tile empty" : "tile"}
      data-test={`tile-${name}`}
      aria-pressed={chosen}
      onClick={onOpen}
    >
      <span class="row">
        <Icon name={urgent ? "alert" : icon} />
        <strong>{count}</strong>
      </span>
      <span>{t(words)}</span>
      {facts.map((fact) => (
        <small key={t(fact)}>{t(fact)}</small>
      ))}
    </button>
  );
}

const oldest = (at: number | null): readonly Text[] =>
  at === null ? [] : [say("now.oldest", { ago: since(at) })];

const factsOf = (figure: StageFigure): readonly Text[] => {
  if (figure.stage === "shipped") {
    return figure.since === null ? [] : [say("now.shipped_last", { ago: since(figure.since) })];
  }
  const late = figure.late > 0 ? [say("now.late", { count: figure.late })] : [];
  return [...oldest(figure.since), ...late];
};

export function Tiles({
  moment,
  panel,
  onPanel,
  onElsewhere,
}: {
  moment: Moment;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  onElsewhere: (page: Elsewhere) => void;
}): VNode {
  const grave = moment.exceptions.filter((row) => row.severity === "high");
  const unsent = moment.handhelds.filter((row) => row.unsent > 0);
  const here = (
    name: Panel,
    icon: IconName,
    words: Text,
    count: number,
    facts: readonly Text[],
    urgent = false,
  ): VNode => (
    <Tile
      key={name}
      {...{ name, icon, words, count, facts, urgent }}
      chosen={panel === name}
      onOpen={() => onPanel(name)}
    />
  );
  const there = (name: Elsewhere, icon: IconName, words: Text): VNode => (
    <Tile
      key={name}
      {...{ name, icon, words }}
      count={moment[name].count}
      facts={oldest(moment[name].oldest)}
      urgent={false}
      chosen={false}
      onOpen={() => onElsewhere(name)}
    />
  );
  return (
    <>
      <h2 class="hidden">{t(say("now.orders"))}</h2>
      <div class="tiles">
        {moment.orders.map((figure) =>
          here(
            figure.stage,
            STAGE_ICON[figure.stage],
            stageWords(figure.stage),
            figure.count,
            factsOf(figure),
            figure.late > 0,
          ),
        )}
        {here(
          "walks",
          "person",
          say("now.walks"),
          moment.walks.length,
          oldest(moment.walks[0]?.since ?? null),
        )}
        {here("handhelds", "keys", say("now.handhelds"), moment.handhelds.length, [
          ...unsent.slice(0, 1).map(() => say("queue.unsent", { count: total(unsent) })),
        ])}
        {here(
          "exceptions",
          "wrong",
          say("now.exceptions"),
          total(moment.exceptions),
          grave.length > 0 ? [`${total(grave)} ${t(say("now.high"))}`] : [],
          grave.length > 0,
        )}
        {here("put_back", "undo", say("now.put_back"), moment.putBack.length, [])}
        {there("counts", "count", say("now.counts"))}
        {there("adjustments", "gear", say("now.adjustments"))}
        {there("requisitions", "hand", say("now.requisitions"))}
      </div>
    </>
  );
}

const total = (
  rows: ReadonlyArray<{ readonly count: number } | { readonly unsent: number }>,
): number => rows.reduce((sum, row) => sum + ("count" in row ? row.count : row.unsent), 0);
