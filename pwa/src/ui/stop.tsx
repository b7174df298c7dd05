/** One state of a flow, drawn: where, what, how many, and the one thing to do. */
import { Fragment, type VNode } from "preact";
import type { Action } from "../flows/flow.ts";
import type { Shown } from "../flows/running.ts";
import type { Live } from "../flows/sweep/gathering.ts";
import type { Button, Icon as IconName, View } from "../flows/view.ts";
import { say, t } from "../words/text.ts";
import type { Hands } from "./hands.ts";
import { Icon } from "./icon.tsx";
import { Sweep } from "./sweep.tsx";

const TONE_ICON: Readonly<Record<Shown["tone"], IconName>> = {
  ok: "check",
  step: "check",
  caution: "alert",
  wrong: "stop",
};

export interface StopProps {
  readonly view: View;
  readonly shown: Shown | null;
  readonly hands: Hands;
  /** What a sled hears. */
  readonly live?: Live | null;
}

export function Stop(stop: StopProps): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keys too
    <main class="stop" data-test="stop" tabIndex={0}>
      <Lines {...stop} />
    </main>
  );
}

/** What a stop says, from the last answer to what comes next. */
export function Lines({ view, shown, hands, live }: StopProps): VNode {
  return (
    <>
      <Said shown={shown} view={view} />
      <Says view={view} />
      {view.target === null ? null : (
        <div class="target" data-test="target">
          <Pieces text={t(view.target)} />
        </div>
      )}
      {view.goods ? (
        <div class="goods" data-test="goods">
          {t(view.goods)}
        </div>
      ) : null}
      <Quantity view={view} onPress={() => hands.show("quantity")} />
      <Facts view={view} />
      <Sweep view={view} live={live ?? null} />
      <Choices view={view} onChoose={hands.choose} />
      {view.ahead ? (
        <p class="ahead" data-test="ahead">
          {t(view.ahead)}
        </p>
      ) : null}
    </>
  );
}

/** What the last gesture did; a mere step says nothing the instruction says already. */
function Said({ shown, view }: { shown: Shown | null; view: View }): VNode {
  const repeats = shown?.tone === "step" && t(shown.words) === t(view.says);
  return (
    <p
      class="said"
      data-test="feedback"
      data-said={shown?.tone}
      data-n={shown?.n}
      role="status"
      aria-live="assertive"
    >
      {shown && !repeats ? (
        <>
          <Icon name={TONE_ICON[shown.tone]} big={shown.tone !== "step"} />
          <span>
            <Pieces text={t(shown.words)} />
          </span>
        </>
      ) : null}
    </p>
  );
}

export function Says({ view }: { view: View }): VNode {
  const alone = view.target === null && !view.choices?.length;
  return (
    <p class={alone ? "says alone" : "says"}>
      <Icon name={view.icon} />
      <span data-test="instruction">{t(view.says)}</span>
      {view.progress ? (
        <span class="progress" data-test="progress">
          {t(say("app.progress", view.progress))}
        </span>
      ) : null}
    </p>
  );
}

export function Choices({
  view,
  onChoose,
}: {
  view: View;
  onChoose: (key: string) => void;
}): VNode | null {
  return view.choices && view.choices.length > 0 ? (
    <div class="choices" data-test="choices">
      {view.choices.map(({ key, text, note }) => (
        <button
          type="button"
          key={key}
          data-test="choice"
          data-key={key}
          onClick={() => onChoose(key)}
        >
          {t(text)}
          {note ? <small>{t(note)}</small> : null}
        </button>
      ))}
    </div>
  ) : null;
}

/** Words break between each other, never inside a code. */
export function Pieces({ text }: { text: string }): VNode {
  const words = text.split(" ");
  return (
    <>
      {words.map((word, at) => (
        <Fragment key={at}>
          <span class="piece">{word}</span>
          {at < words.length - 1 ? " " : ""}
        </Fragment>
      ))}
    </>
  );
}

function Facts({ view }: { view: View }): VNode | null {
  return view.facts && view.facts.length > 0 ? (
    <ul class="facts" data-test="facts">
      {view.facts.map((fact) => (
        <li key={t(fact)}>{t(fact)}</li>
      ))}
    </ul>
  ) : null;
}

/** The number is the button that changes it, where it may be changed. */
function Quantity({ view, onPress }: { view: View; onPress: () => void }): VNode | null {
  const { quantity } = view;
  if (!quantity) {
    return null;
  }
  const drawn = (
    <>
      <span data-test="quantity-value">{quantity.value}</span> <small>{t(quantity.unit)}</small>
    </>
  );
  return view.pad?.enters === "quantity" ? (
    <button type="button" class="quantity" data-test="quantity" onClick={onPress}>
      {drawn}
      <Icon name="keys" />
    </button>
  ) : (
    <div class="quantity still" data-test="quantity">
      {drawn}
    </div>
  );
}

export function ActionButton({
  button,
  onPress,
}: {
  button: Button;
  onPress: (action: Action) => void;
}): VNode {
  return (
    <button
      type="button"
      class="tool"
      data-test={`action-${button.action}`}
      onClick={() => onPress(button.action)}
    >
      <Icon name={button.icon} />
      {t(button.words)}
    </button>
  );
}
