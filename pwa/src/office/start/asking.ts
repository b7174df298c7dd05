/** One answer for one screen, and what went wrong while getting it. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Answer, Api, Device } from "../../device.ts";
import { badOf } from "../../words/bad.ts";
import { say, type Text } from "../../words/text.ts";

export interface Asked<T> {
  readonly answer: T | null;
  readonly trouble: Text | null;
  refresh(): void;
}

export const troubleOf = (answer: Exclude<Answer, { ok: true }>): Text =>
  answer.offline ? say("office.offline") : badOf(answer.problem.code);

export function useAnswer<T>(api: Api, path: string, read: (body: unknown) => T): Asked<T> {
  const [answer, setAnswer] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const refresh = useCallback(() => {
    void api.get(path).then((told) => {
      setTrouble(told.ok ? null : troubleOf(told));
      setAnswer((before) => (told.ok ? read(told.body) : before));
    });
  }, [api, path, read]);
  useEffect(refresh, [refresh]);
  return { answer, trouble, refresh };
}

/** Settings of the site are merged by the server; null when it was done. */
export async function saveSite(
  device: Device,
  site: { readonly code: string; readonly name: string },
  settings: Readonly<Record<string, boolean | string>>,
): Promise<Text | null> {
  const payload = { code: site.code, name: site.name, settings };
  const kind = "locations.save_site";
  const answer = await device.api.post("/operations", {
    id: device.newId(),
    kind,
    kind_v: 1,
    payload,
    cause: null,
  });
  return answer.ok ? null : troubleOf(answer);
}
