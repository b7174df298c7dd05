/** Loading a list, and sending one decision about it. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Answer, Api, Device } from "../device.ts";
import { codeOf } from "../words/codes.ts";
import { say, type Text } from "../words/text.ts";
import { items } from "./rows.ts";

export interface Listed<T> {
  readonly rows: readonly T[] | null;
  /** Why there is nothing to show. */
  readonly trouble: Text | null;
  refresh(): void;
}

export const troubleOf = (answer: Exclude<Answer, { ok: true }>): Text =>
  answer.offline
    ? say("office.offline")
    : say("office.failed", { code: codeOf(answer.problem.code) });

export function useList<T>(api: Api, path: string, read: (row: unknown) => T): Listed<T> {
  const [rows, setRows] = useState<readonly T[] | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const asked = useRef(0);
  const refresh = useCallback(() => {
    asked.current += 1;
    const turn = asked.current;
    void api.get(path).then((answer) => {
      // What was asked for later is newer: an answer that was overtaken would show what is gone.
      if (turn !== asked.current) return;
      setTrouble(answer.ok ? null : troubleOf(answer));
      setRows((before) => (answer.ok ? items(answer.body).map(read) : before));
    });
  }, [api, path, read]);
  useEffect(refresh, [refresh]);
  return { rows, trouble, refresh };
}

/** A decision is an operation: refused ones say why. */
export async function decide(
  device: Device,
  kind:
    | "exceptions.resolve"
    | "counting.approve"
    | "counting.reject"
    | "counting.recount"
    | "counting.ask_for"
    | "counting.withdraw"
    | "devices.exclude"
    | "devices.include",
  payload: Readonly<Record<string, unknown>>,
): Promise<Text> {
  const body = { id: device.newId(), kind, kind_v: 1, payload, cause: null };
  const answer = await device.api.post("/operations", body);
  return answer.ok ? say("office.done") : troubleOf(answer);
}
