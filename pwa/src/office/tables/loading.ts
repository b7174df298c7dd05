/** Asking the server for a page of a table, again whenever the question changes. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Api } from "../../device.ts";
import type { Text } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import type { Query } from "../place.ts";
import { type Answered, answered } from "./answer.ts";

/** Of the address, not of the table. */
const SCREEN: readonly string[] = ["row", "edit", "more"];
export const PAGE = 50;

export const asked = (query: Query): Query =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !SCREEN.includes(name)));

export const isFilter = (name: string): boolean =>
  !["q", "sort", "cursor", ...SCREEN].includes(name);

export const pathOf = (table: string, query: Query, end = ""): string =>
  `/office/tables/${table}${end}?${new URLSearchParams(asked(query))}`;

export interface Listing {
  readonly answer: Answered | null;
  readonly trouble: Text | null;
  readonly busy: boolean;
  refresh(): void;
}

export function useTable(api: Api, table: string, query: Query): Listing {
  const [answer, setAnswer] = useState<Answered | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const [busy, setBusy] = useState(true);
  const [turn, setTurn] = useState(0);
  const path = pathOf(table, { ...query, total: "1", limit: `${PAGE}` });
  useEffect(() => {
    let latest = true;
    setBusy(true);
    void api.get(path).then((reply) => {
      if (!latest) return;
      setBusy(false);
      setTrouble(reply.ok ? null : troubleOf(reply));
      if (reply.ok) setAnswer(answered(reply.body));
    });
    return () => {
      latest = false;
    };
  }, [api, path, turn]);
  const refresh = useCallback(() => setTurn((before) => before + 1), []);
  return { answer, trouble, busy, refresh };
}
