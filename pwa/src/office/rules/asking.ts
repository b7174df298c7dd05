/** The rules, asked for when the page opens and after a decision: they change a few times a year. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import type { Text } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { type Rules, rules } from "./rows.ts";

export interface Told {
  readonly value: Rules | null;
  readonly trouble: Text | null;
  refresh(): void;
}

export function useRules(): Told {
  const { api } = useDevice();
  const [value, setValue] = useState<Rules | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const refresh = useCallback(() => {
    void api.get("/office/rules").then((answer) => {
      setTrouble(answer.ok ? null : troubleOf(answer));
      if (answer.ok) setValue(rules(answer.body));
    });
  }, [api]);
  useEffect(refresh, [refresh]);
  return { value, trouble, refresh };
}
