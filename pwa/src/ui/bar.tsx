/** The thumb zone: what can be done here, the tools that are always there, and the one primary action. */
import type { VNode } from "preact";
import type { Action } from "../flows/flow.ts";
import type { Button, Icon as IconName, View } from "../flows/view.ts";
import { named, say, t, type Word } from "../words/text.ts";
import type { Hands } from "./hands.ts";
import { Icon } from "./icon.tsx";
import { ActionButton } from "./stop.tsx";

/** Actions that fit beside each other; the rest is one tap behind "more". */
const BESIDE = 3;

export type Tool = "undo" | "code" | "camera" | "more" | "ask";

export function Bar({ view, hands }: { view: View; hands: Hands }): VNode {
  const { press: onPress, tool: onTool } = hands;
  const actions = view.actions ?? [];
  const beside = actions.length > BESIDE ? actions.slice(0, BESIDE) : actions;
  return (
    <footer class="bar" data-test="bar">
      {beside.length > 0 ? (
        <div class="row actions">
          {beside.map((button) => (
            <ActionButton key={button.action} button={button} onPress={onPress} />
          ))}
        </div>
      ) : null}
      <div class="row">
        <ToolButton tool="undo" icon="undo" word="app.undo" onTool={onTool} />
        <ToolButton tool="code" icon="keys" word="app.code" onTool={onTool} />
        <ToolButton tool="camera" icon="camera" word="app.camera" onTool={onTool} />
        {actions.length > 0 ? (
          <ToolButton
            tool="more"
            icon="more"
            word="action.more"
            onTool={onTool}
            few={actions.length <= BESIDE}
          />
        ) : null}
      </div>
      <Primary view={view} onPress={onPress} onTool={onTool} />
    </footer>
  );
}

function ToolButton({
  tool,
  icon,
  word,
  onTool,
  few = false,
}: {
  tool: Tool;
  icon: IconName;
  word: Word;
  onTool: (tool: Tool) => void;
  few?: boolean;
}): VNode {
  return (
    <button
      type="button"
      class={few ? "tool more few" : "tool"}
      data-test={tool}
      aria-label={t(named(word))}
      onClick={() => onTool(tool)}
    >
      <Icon name={icon} />
    </button>
  );
}

/** One primary action: the flow's own, or the pad where the state asks for an entry. */
function Primary({
  view,
  onPress,
  onTool,
}: {
  view: View;
  onPress: (action: Action) => void;
  onTool: (tool: Tool) => void;
}): VNode | null {
  const { primary, pad } = view;
  if (primary) {
    return <PrimaryButton button={primary} onPress={onPress} />;
  }
  return pad && pad.enters !== "quantity" ? (
    <button type="button" class="primary" data-test="primary" onClick={() => onTool("ask")}>
      <Icon name="keys" />
      {t(say("app.enter"))}
    </button>
  ) : null;
}

function PrimaryButton({
  button,
  onPress,
}: {
  button: Button;
  onPress: (action: Action) => void;
}): VNode {
  return (
    <button
      type="button"
      class="primary"
      data-test="primary"
      data-action={button.action}
      onClick={() => onPress(button.action)}
    >
      <Icon name={button.icon} />
      {t(button.words)}
    </button>
  );
}
