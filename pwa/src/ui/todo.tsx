/** Own work the server could not take as it was: a visible list, not a message that is gone. */
import type { VNode } from "preact";
import type { Replica } from "../device.ts";
import { codeOf } from "../words/codes.ts";
import { say, t } from "../words/text.ts";
import { Page } from "./badge.tsx";
import { useDevice } from "./context.ts";
import { Icon } from "./icon.tsx";
import { open } from "./route.ts";
import { handOver, useScan } from "./scans.ts";

/** What the device can name of a subject; ids it does not hold say nothing to anybody. */
export function named(subject: string, replica: Pick<Replica, "get">): string {
  return subject
    .split("|")
    .map((id) => {
      const line = replica.get("po_line", id);
      return (
        replica.get("location", id)?.code ??
        replica.get("item", line?.item ?? id)?.name ??
        (/^[0-9a-f-]{36}$/.test(id) ? "" : id)
      );
    })
    .filter((name) => name !== "")
    .join(" · ");
}

export function Todo(): VNode {
  const device = useDevice();
  device.replica.version.value;
  const rows = device.replica.all("todo");
  useScan((scan) => {
    handOver(scan);
    open("home");
  });
  return (
    <Page title={say("todo.title")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keys too */}
      <main class="scroll" tabIndex={0}>
        <ul class="list" data-test="todo">
          {rows.map((row) => (
            <li key={row.id} data-test="todo-row" data-code={row.code}>
              <Icon name="alert" />{" "}
              <strong>{t(row.words ? { words: row.words } : codeOf(row.code))}</strong>
              <p>{named(row.subject, device.replica)}</p>
            </li>
          ))}
          {rows.length === 0 ? (
            <li>
              <Icon name="check" /> {t(say("todo.none"))}
            </li>
          ) : null}
        </ul>
      </main>
    </Page>
  );
}
