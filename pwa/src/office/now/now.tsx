/** The first office screen: everything that goes on, and the list behind each figure. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { say, t } from "../../words/text.ts";
import "../../styles/now.css";
import { goTo } from "../place.ts";
import { type Act, Feedback, useActing } from "./acting.tsx";
import { Exceptions, Handhelds, ToPutBack } from "./hands.tsx";
import { useLive } from "./live.ts";
import { Orders } from "./orders.tsx";
import { type Moment, moment } from "./rows.ts";
import { type Panel, Tiles } from "./tiles.tsx";
import { Walks } from "./walks.tsx";

export function NowPage(): VNode {
  const { value, trouble, live, refresh } = useLive("/office/now", moment);
  const [panel, setPanel] = useState<Panel>("open");
  const { said, act } = useActing(refresh);
  return (
    <main class="now" data-test="now">
      <h1 class="hidden">{t(say("office.now"))}</h1>
      {value === null ? null : (
        <Tiles {...{ moment: value, panel, onElsewhere: goTo }} onPanel={setPanel} />
      )}
      <div class="row">
        <Feedback said={said} trouble={trouble} />
        {live ? null : <p class="end">{t(say("now.stale"))}</p>}
      </div>
      {value === null ? (
        <p class="calm">{t(trouble ?? say("office.loading"))}</p>
      ) : (
        <List {...{ moment: value, panel, act }} onInbox={() => goTo("exceptions")} />
      )}
    </main>
  );
}

function List({
  moment: at,
  panel,
  act,
  onInbox,
}: {
  moment: Moment;
  panel: Panel;
  act: Act;
  onInbox: () => void;
}): VNode {
  switch (panel) {
    case "walks":
      return (
        <section>
          <h2>{t(say("now.walks"))}</h2>
          <Walks walks={at.walks} handhelds={at.handhelds} act={act} />
        </section>
      );
    case "handhelds":
      return (
        <section>
          <h2>{t(say("now.handhelds"))}</h2>
          <Handhelds rows={at.handhelds} />
        </section>
      );
    case "exceptions":
      return (
        <section>
          <h2>{t(say("now.exceptions"))}</h2>
          <Exceptions rows={at.exceptions} onInbox={onInbox} />
        </section>
      );
    case "put_back":
      return (
        <section>
          <h2>{t(say("now.put_back"))}</h2>
          <ToPutBack rows={at.putBack} />
        </section>
      );
    default:
      return (
        <Orders
          key={panel}
          stage={panel}
          figure={at.orders.find((figure) => figure.stage === panel)}
          act={act}
        />
      );
  }
}
