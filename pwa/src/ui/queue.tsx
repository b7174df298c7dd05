/** What this scanner still owes the server, and how safe it is meanwhile. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Queue, RecentOperation } from "../device.ts";
import { codeOf, kindOf, troubleOf } from "../words/codes.ts";
import { named, say, type Text, t } from "../words/text.ts";
import { ago, now } from "./ago.ts";
import { Page } from "./badge.tsx";
import { useDevice } from "./context.ts";
import { Icon } from "./icon.tsx";
import { open } from "./route.ts";
import { handOver, useScan } from "./scans.ts";
import { Update } from "./update.tsx";

/** A queue this long, or this old, is worth a walk to the next access point. */
const MANY = 500;
const OLD_MS = 4 * 3_600_000;

/** What a supervisor ends with another code; nothing of the queue is lost by it. */
const AGAIN: readonly string[] = ["device.unknown", "device.cloned"];

export function QueueScreen(): VNode {
  const device = useDevice();
  const queue = device.queue.value;
  const [sending, setSending] = useState(false);
  useScan((scan) => {
    handOver(scan);
    open("home");
  });
  const send = (): void => {
    setSending(true);
    void device.syncNow().finally(() => setSending(false));
  };
  return (
    <Page title={say("queue.title")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keys too */}
      <main class="scroll" tabIndex={0}>
        <ul class="list" data-test="queue">
          <State queue={queue} />
          <li>{t(say("queue.version", { version: device.version }))}</li>
          {device.recent.value.slice(0, 12).map((done) => (
            <Recent key={done.id} done={done} />
          ))}
        </ul>
      </main>
      <footer class="bar">
        <Update />
        {AGAIN.includes(queue.trouble?.code ?? "") ? (
          <button type="button" class="tool" data-test="enrol-again" onClick={() => open("enrol")}>
            {t(say("queue.enrol"))}
          </button>
        ) : null}
        <button
          type="button"
          data-test="export"
          onClick={() => void exported(device.exportQueue())}
        >
          {t(say("queue.export"))}
        </button>
        <button type="button" class="primary" data-test="primary" data-action="send" onClick={send}>
          <Icon name="sync" />
          {t(say(sending ? "queue.sending" : "queue.now"))}
        </button>
      </footer>
    </Page>
  );
}

const since = (at: number | null): Text => (at === null ? say("queue.never") : ago(at, now.value));

function State({ queue }: { queue: Queue }): VNode {
  const late = queue.oldest !== null && now.value - queue.oldest > OLD_MS;
  return (
    <>
      <li data-test="queue-unsent">
        <strong class="goods">{t(say("queue.unsent", { count: queue.unsent }))}</strong>
        {queue.oldest === null ? null : (
          <p>
            {t(say("queue.oldest"))}: {t(since(queue.oldest))}
          </p>
        )}
        {queue.unsent >= MANY || late ? <p>{t(say("queue.many"))}</p> : null}
        {queue.trouble ? (
          <p data-test="queue-trouble" data-code={queue.trouble.code}>
            {t(troubleOf(queue.trouble.code))}
          </p>
        ) : null}
      </li>
      <li data-test="queue-contact" data-at={queue.pulledAt ?? 0}>
        {t(say("queue.last"))}: {t(since(queue.lastSync))}
        <br />
        {t(say("queue.data", { ago: since(queue.pulledAt) }))}
      </li>
      {queue.leftOut > 0 ? (
        <li data-test="queue-left-out">{t(say("queue.left_out", { count: queue.leftOut }))}</li>
      ) : null}
      <li data-test="queue-storage">
        {t(say(queue.persisted ? "queue.persisted" : "queue.not_persisted"))}
      </li>
    </>
  );
}

function Recent({ done }: { done: RecentOperation }): VNode {
  const trouble =
    done.codes.length > 0 ? ` · ${done.codes.map((code) => t(codeOf(code))).join(", ")}` : "";
  return (
    <li data-test="recent" data-state={done.state}>
      {done.seq} · {t(kindOf(done.kind))} · {t(named(`state.${done.state}`))}
      {trouble}
    </li>
  );
}

/** The queue as a file, for a rescue from another machine. */
async function exported(file: Promise<Blob>): Promise<void> {
  const address = URL.createObjectURL(await file);
  const link = document.createElement("a");
  link.href = address;
  link.download = "tallyman-queue.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
