/** What is to be done on the floor, and own work that was noticed: a list, not a message that is gone. */
import type { VNode } from "preact";
import type { Person, Replica } from "../device.ts";
import { codeOf, kindOf } from "../words/codes.ts";
import { language, say, t } from "../words/text.ts";
import { Page } from "./badge.tsx";
import { useDevice } from "./context.ts";
import { Icon } from "./icon.tsx";
import { open } from "./route.ts";
import { handOver, useScan } from "./scans.ts";
import { Pieces } from "./stop.tsx";
import { toDo } from "./to-do.ts";

const HOURS = { hour: "2-digit", minute: "2-digit" } as const;

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

export function Todo({ person }: { person: Person }): VNode {
  const device = useDevice();
  device.replica.version.value;
  const rows = device.replica.all("todo");
  const work = toDo(device, person.roles);
  useScan((scan) => {
    handOver(scan);
    open("home");
  });
  return (
    <Page title={say("todo.title")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keys too */}
      <main class="scroll" tabIndex={0}>
        {work.length > 0 ? (
          <section class="list">
            <h2>{t(say("todo.work"))}</h2>
            <div class="choices" data-test="work">
              {work.map(({ id, kind, says, about, icon, flow }) => (
                <button
                  type="button"
                  key={id}
                  data-test="work-row"
                  data-kind={kind}
                  onClick={() => open(flow)}
                >
                  <span>
                    <Icon name={icon} /> <Pieces text={t(says)} />
                  </span>
                  <small>{t(about)}</small>
                </button>
              ))}
            </div>
            {rows.length > 0 ? <h2>{t(say("todo.flagged"))}</h2> : null}
          </section>
        ) : null}
        <ul class="list" data-test="todo">
          {rows.map((row) => (
            <li key={row.id} data-test="todo-row" data-code={row.code}>
              <Icon name="alert" />{" "}
              <strong>{t(row.words ? { words: row.words } : codeOf(row.code))}</strong>
              <p>{named([row.number, row.item ?? row.subject].join("|"), device.replica)}</p>
              {row.stories?.map(({ kind, who, at }) => (
                <p key={`${kind}${who}${at}`} data-test="story">
                  {new Date(at).toLocaleTimeString(language.value, HOURS)} · {t(say(`todo.${who}`))}
                  {" · "}
                  {t(kindOf(kind))}
                </p>
              ))}
            </li>
          ))}
          {rows.length === 0 && work.length === 0 ? (
            <li>
              <Icon name="check" /> {t(say("todo.none"))}
            </li>
          ) : null}
        </ul>
      </main>
    </Page>
  );
}
