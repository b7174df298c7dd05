/** The header of every screen: where this is, and what has not been sent yet. */
import type { ComponentChildren, VNode } from "preact";
import type { Queue } from "../device.ts";
import type { Icon as IconName } from "../flows/view.ts";
import { named, say, type Text, t, type Word } from "../words/text.ts";
import { ago, now } from "./ago.ts";
import { useDevice } from "./context.ts";
import { Icon } from "./icon.tsx";
import { open, screen } from "./route.ts";

type State = "sent" | "unsent" | "offline" | "trouble";

const WORDS: Readonly<Record<State, readonly [Word, IconName]>> = {
  sent: ["badge.sent", "check"],
  unsent: ["badge.unsent", "up"],
  offline: ["badge.offline", "offline"],
  trouble: ["badge.trouble", "alert"],
};

export function stateOf(queue: Queue): State {
  if (queue.trouble) {
    return "trouble";
  }
  if (queue.link === "offline") {
    return "offline";
  }
  return queue.unsent > 0 ? "unsent" : "sent";
}

function Badge(): VNode {
  const device = useDevice();
  const queue = device.queue.value;
  const state = stateOf(queue);
  const [word, icon] = WORDS[state];
  const age = queue.oldest === null ? "" : ` · ${t(ago(queue.oldest, now.value))}`;
  return (
    <button
      type="button"
      class="badge"
      data-test="queue-badge"
      data-state={state}
      onClick={() => open(screen.value === "queue" ? "home" : "queue")}
    >
      <Icon name={icon} />
      <span>
        {t(named(word))}
        {queue.unsent > 0 ? (
          <>
            <br />
            <span data-test="unsent">{queue.unsent}</span>
            <span data-test="oldest">{age}</span>
          </>
        ) : null}
      </span>
    </button>
  );
}

const Title = ({ title }: { title: Text }): VNode => <span data-test="title">{t(title)}</span>;

/** The title is also the “?”: a button of its own would leave no room for either. */
function Explained({ title, onHelp }: { title: Text; onHelp: () => void }): VNode {
  return (
    <button type="button" class="explained" data-test="help" onClick={onHelp}>
      <Title title={title} />
      <Icon name="help" />
      <span class="hidden">{t(say("coach.replay"))}</span>
    </button>
  );
}

export function Header({
  title,
  onBack,
  onHelp,
}: {
  title: Text;
  onBack?: () => void;
  onHelp?: () => void;
}): VNode {
  const home = screen.value === "home";
  return (
    <header class="head">
      {home && !onBack ? null : (
        <button
          type="button"
          data-test={onBack ? "back" : "home"}
          aria-label={t(say(onBack ? "app.back" : "app.home"))}
          onClick={onBack ?? (() => open("home"))}
        >
          <Icon name={onBack ? "back" : "home"} />
        </button>
      )}
      <h1>{onHelp ? <Explained title={title} onHelp={onHelp} /> : <Title title={title} />}</h1>
      <Badge />
    </header>
  );
}

/** A plain screen: header and content. */
export function Page({
  title,
  children,
  onBack,
}: {
  title: Text;
  children: ComponentChildren;
  onBack?: () => void;
}): VNode {
  return (
    <div class="screen">
      {onBack ? <Header title={title} onBack={onBack} /> : <Header title={title} />}
      {children}
    </div>
  );
}
