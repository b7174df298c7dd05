/** Own work the server could not take as it was: a visible list, not a message that is gone. */
import type { VNode } from "preact";
import { say, t } from "../words/text.ts";
import { Page } from "./badge.tsx";
import { useDevice } from "./context.ts";
import { Icon } from "./icon.tsx";
import { open } from "./route.ts";
import { handOver, useScan } from "./scans.ts";

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
      <ul class="list" data-test="todo">
        {rows.map((row) => (
          <li key={row.id} data-test="todo-row" data-code={row.code}>
            <Icon name="alert" /> <strong>{t({ words: row.words })}</strong>
            <p>{row.subject}</p>
          </li>
        ))}
        {rows.length === 0 ? (
          <li>
            <Icon name="check" /> {t(say("todo.none"))}
          </li>
        ) : null}
      </ul>
    </Page>
  );
}
