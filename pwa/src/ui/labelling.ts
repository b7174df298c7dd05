/** A label of what was just done, in one tap; a number for a new pallet, offline too. */
import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Device } from "../device.ts";
import type { Action } from "../flows/flow.ts";
import type { LabelWish } from "../flows/label.ts";
import type { Running, Shown } from "../flows/running.ts";
import { field } from "../sync/network.ts";
import { say, type Text } from "../words/text.ts";
import { printPages } from "./label-pages.ts";

export interface Labelling {
  /** What was said about the last label, until the flow says something new. */
  readonly said: Signal<Shown | null>;
  press(action: Action): boolean;
}

export function useLabelling<S>(
  device: Device,
  running: Running<S>,
  wish: () => LabelWish | null,
): Labelling {
  const said = useSignal<Shown | null>(null);
  const over = useRef<Shown | null>(null);
  const asked = useRef<{ readonly of: string; readonly id: string } | null>(null);
  if (said.value && over.current !== running.shown.value) said.value = null;
  const tell = (tone: Shown["tone"], words: Text): void => {
    over.current = running.shown.value;
    said.value = { tone, words, n: (over.current?.n ?? 0) + 1 };
  };

  const label = async (): Promise<void> => {
    const wanted = wish();
    if (!wanted) {
      tell("caution", say("labels.nothing"));
      return;
    }
    const of = JSON.stringify(wanted);
    if (asked.current?.of !== of) asked.current = { of, id: device.newId() };
    const { id } = asked.current;
    const answer = await device.api.post("/labels/print", { ...wanted, id });
    if (!answer.ok) {
      tell("caution", say("labels.later"));
      return;
    }
    asked.current = null;
    const printer = field(answer.body, "printer");
    const source = field(field(answer.body, "page"), "source");
    tell("ok", typeof printer === "string" ? say("labels.at", { printer }) : say("labels.here"));
    if (typeof source === "string") await printPages([source]);
  };

  const newUnit = async (): Promise<void> => {
    const code = await device.newNumber();
    if (code === null) {
      tell("caution", say("labels.no_numbers"));
      return;
    }
    const data = code.length === SSCC ? `(00)${code}` : `TMU:${code}`;
    const scan = { data, symbology: "keyed" };
    await running.take({ type: "scanned", resolved: device.replica.resolve(scan) });
  };

  return {
    said,
    press: (action) => {
      switch (action) {
        case "print":
          print();
          return true;
        case "label":
          void label();
          return true;
        case "new_unit":
          void newUnit();
          return true;
        default:
          return false;
      }
    },
  };
}

const SSCC = 18;
