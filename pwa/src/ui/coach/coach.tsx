/** Three marks on the first use of a flow: a scan or a tap leads on, and neither is ever held up. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { say, t } from "../../words/text.ts";
import { Icon } from "../icon.tsx";
import type { FlowName } from "../route.ts";
import { coached, MARKS, wasCoached } from "./marks.ts";

export interface Coach {
  /** 1 to 3; null when nothing is shown. */
  readonly mark: number | null;
  next(): void;
  replay(): void;
}

export function useCoach(person: string | null, flow: FlowName): Coach {
  const shows = person !== null && !wasCoached(person, flow);
  const [mark, setMark] = useState<number | null>(shows ? 1 : null);
  return {
    mark,
    next: () => {
      if (mark === null) return;
      const more = mark < MARKS;
      setMark(more ? mark + 1 : null);
      if (!more && person !== null) coached(person, flow);
    },
    replay: () => setMark(1),
  };
}

export function Mark({ coach, flow }: { coach: Coach; flow: FlowName }): VNode | null {
  const { mark } = coach;
  if (mark === null) return null;
  const at = mark === 1 ? "1" : mark === 2 ? "2" : "3";
  return (
    <button type="button" class="coach" data-test="coach" data-mark={at} onClick={coach.next}>
      <span data-test="coach-words">
        {at}/{MARKS} {t(say(`coach.${flow}.${at}`))}
      </span>
      <Icon name="skip" />
    </button>
  );
}
