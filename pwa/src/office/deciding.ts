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

export interface Answered<T> {
  readonly found: T | null;
  readonly trouble: Text | null;
  refresh(): void;
}

/** What was found stays on the screen while it is asked for again, and when that fails. */
export function useAnswer<T>(api: Api, path: string, read: (answer: unknown) => T): Answered<T> {
  const [found, setFound] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const asked = useRef(0);
  const refresh = useCallback(() => {
    asked.current += 1;
    const turn = asked.current;
    void api.get(path).then((answer) => {
      // What was asked for later is newer: an answer that was overtaken would show what is gone.
      if (turn !== asked.current) return;
      setTrouble(answer.ok ? null : troubleOf(answer));
      setFound((before) => (answer.ok ? read(answer.body) : before));
    });
  }, [api, path, read]);
  useEffect(refresh, [refresh]);
  return { found, trouble, refresh };
}

export function useList<T>(api: Api, path: string, read: (row: unknown) => T): Listed<T> {
  const all = useCallback((answer: unknown) => items(answer).map(read), [read]);
  const { found, trouble, refresh } = useAnswer(api, path, all);
  return { rows: found, trouble, refresh };
}

type Ruling =
  | "exceptions.resolve"
  | "counting.approve"
  | "counting.reject"
  | "counting.recount"
  | "counting.ask_for"
  | "counting.withdraw"
  | "quality.hold"
  | "quality.release"
  | "devices.exclude"
  | "devices.include";

export interface Verdict {
  readonly done: boolean;
  readonly words: Text;
}

/** A decision is an operation: refused ones say why. */
export async function ruled(
  device: Device,
  kind: Ruling,
  payload: Readonly<Record<string, unknown>>,
): Promise<Verdict> {
  const body = { id: device.newId(), kind, kind_v: 1, payload, cause: null };
  const answer = await device.api.post("/operations", body);
  return { done: answer.ok, words: answer.ok ? say("office.done") : troubleOf(answer) };
}

/** The same, where only the words are wanted. */
export const decide = async (
  device: Device,
  kind: Ruling,
  payload: Readonly<Record<string, unknown>>,
): Promise<Text> => (await ruled(device, kind, payload)).words;
