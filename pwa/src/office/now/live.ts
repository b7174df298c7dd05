/** A view of the server that follows what happens: the stream says that something moved, then we ask. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import type { Text } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { coalesce } from "./coalesce.ts";

/** At most one question a second, however much happens. */
const GAP_MS = 1000;
/** Contact with handhelds and ages move without an operation. */
const SLOW_MS = 30_000;

export interface Live<T> {
  readonly value: T | null;
  /** Why what is shown may be old. */
  readonly trouble: Text | null;
  readonly live: boolean;
  refresh(): void;
}

export function useLive<T>(path: string, read: (answer: unknown) => T): Live<T> {
  const { api } = useDevice();
  const [value, setValue] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const [live, setLive] = useState(true);
  const refresh = useCallback(() => {
    void api.get(path).then((answer) => {
      setTrouble(answer.ok ? null : troubleOf(answer));
      if (answer.ok) setValue(read(answer.body));
    });
  }, [api, path, read]);
  useEffect(() => {
    setValue(null);
    const asking = coalesce(refresh, GAP_MS);
    const stopListening = listen(asking.call, setLive);
    const slow = setInterval(asking.call, SLOW_MS);
    asking.call();
    return () => {
      stopListening();
      clearInterval(slow);
      asking.stop();
    };
  }, [refresh]);
  return { value, trouble, live, refresh };
}

/** The browser connects again by itself; until then the slow question goes on. */
function listen(moved: () => void, alive: (live: boolean) => void): () => void {
  const stream = new EventSource("/api/v1/live");
  stream.addEventListener("changed", moved);
  stream.addEventListener("open", () => alive(true));
  stream.addEventListener("error", () => alive(false));
  return () => stream.close();
}
