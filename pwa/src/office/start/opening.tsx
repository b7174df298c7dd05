/** Opening stock by a first blind count: how far it is, what waits, one approval for all. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, type Text, t } from "../../words/text.ts";
import { saveSite, troubleOf, useAnswer } from "./asking.ts";
import { body, type Counted, count, type Opening, opening, start } from "./rows.ts";

const LOOK_AGAIN_MS = 5000;

export function OpeningPage(): VNode {
  const device = useDevice();
  const { answer, trouble, refresh } = useAnswer(device.api, "/office/opening", opening);
  const [said, setSaid] = useState<Text | null>(null);
  const [sure, setSure] = useState(false);
  useEffect(() => {
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const approve = async (): Promise<void> => {
    setSaid(await approveAll(device.api));
    refresh();
  };
  const complete = async (known: Opening): Promise<void> => {
    if (known.uncounted > 0 && !sure) {
      setSure(true);
      return;
    }
    const site = await device.api.get("/office/start");
    setSaid(
      site.ok
        ? ((await saveSite(device, start(site.body).site, { opening: false })) ??
            say("opening.over"))
        : troubleOf(site),
    );
    refresh();
  };
  const words = said ?? trouble;
  return (
    <main class="live" data-test="opening-page">
      <h1>{t(say("opening.title"))}</h1>
      <p>{t(say("opening.explain"))}</p>
      <p role="status" data-test="feedback">
        {words ? t(words) : ""}
      </p>
      {answer ? (
        <>
          <Known known={answer} />
          <Waiting sheets={answer.sheets} onApprove={() => void approve()} />
          {answer.opening ? (
            <div class="row">
              <button type="button" data-test="complete" onClick={() => void complete(answer)}>
                {t(
                  sure
                    ? say("opening.complete_sure", { count: answer.uncounted })
                    : say("opening.complete"),
                )}
              </button>
            </div>
          ) : null}
          <Uncounted known={answer} />
        </>
      ) : null}
    </main>
  );
}

/** The server takes so many at a time; own counts are left for somebody else. */
async function approveAll(api: ReturnType<typeof useDevice>["api"]): Promise<Text> {
  let approved = 0;
  for (;;) {
    const answer = await api.post("/office/opening/approve", {});
    if (!answer.ok) {
      return troubleOf(answer);
    }
    const told = body(answer.body);
    approved += count(told.approved);
    if (told.more === true && count(told.approved) > 0) {
      continue;
    }
    const own = count(told.own);
    return approved === 0 && own > 0
      ? say("opening.own", { count: own })
      : say("opening.approved", { count: approved });
  }
}

function Known({ known }: { known: Opening }): VNode {
  const found = known.places - known.uncounted;
  return (
    <>
      <p data-test="known">
        {t(
          known.opening
            ? say("opening.known", { known: found, total: known.places })
            : say("opening.over"),
        )}
      </p>
      <progress
        max={Math.max(known.places, 1)}
        value={found}
        aria-label={t(say("opening.title"))}
      />
    </>
  );
}

function Waiting({
  sheets,
  onApprove,
}: {
  sheets: readonly Counted[];
  onApprove: () => void;
}): VNode {
  return (
    <section>
      <h2>{t(say("opening.waiting"))}</h2>
      {sheets.length === 0 ? (
        <p>{t(say("opening.none"))}</p>
      ) : (
        <>
          <div class="row">
            <button type="button" class="main" data-test="approve-all" onClick={onApprove}>
              {t(say("opening.approve", { count: sheets.length }))}
            </button>
          </div>
          <table>
            <thead>
              <tr>
                <th>{t(say("opening.place"))}</th>
                <th>{t(say("opening.counter"))}</th>
                <th>{t(say("opening.items"))}</th>
                <th>{t(say("opening.pieces"))}</th>
              </tr>
            </thead>
            <tbody>
              {sheets.map((sheet) => (
                <tr key={sheet.sheet} data-test="opening-sheet">
                  <td>{sheet.place}</td>
                  <td>{sheet.counter}</td>
                  <td>{sheet.items}</td>
                  <td>{sheet.pieces}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function Uncounted({ known }: { known: Opening }): VNode | null {
  return known.uncounted === 0 ? null : (
    <section>
      <h2 data-test="uncounted">{t(say("opening.uncounted", { count: known.uncounted }))}</h2>
      <ul class="codes">
        {known.first.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </section>
  );
}
