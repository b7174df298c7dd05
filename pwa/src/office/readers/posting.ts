/** One request of the readers' pages, and in words what became of it. */
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say } from "../../words/text.ts";
import type { Said } from "../now/acting.tsx";
import { troubleOf } from "../start/asking.ts";

export type Kind = "readers.bind" | "readers.settle" | "locations.save_site";
type Payload = Readonly<Record<string, unknown>>;

export interface Posting {
  readonly said: Said | null;
  /** Answers with the body, or with null where it was refused. */
  post(path: string, payload?: Payload): Promise<unknown>;
  operate(kind: Kind, payload: Payload): Promise<unknown>;
}

export function usePosting(after: () => void): Posting {
  const { api, newId } = useDevice();
  const [said, setSaid] = useState<Said | null>(null);
  const post = async (path: string, payload: Payload = {}): Promise<unknown> => {
    const answer = await api.post(path, payload);
    setSaid(
      answer.ok
        ? { done: true, words: say("office.done") }
        : { done: false, words: troubleOf(answer) },
    );
    after();
    return answer.ok ? (answer.body ?? {}) : null;
  };
  const operate = (kind: Kind, payload: Payload): Promise<unknown> =>
    post("/operations", { id: newId(), kind, kind_v: 1, payload, cause: null });
  return { said, post, operate };
}
