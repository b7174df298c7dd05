/** Printers and what waits for them, as the server tells it. */
import { wordOf } from "../../words/bad.ts";
import { say, type Text } from "../../words/text.ts";
import { body, count, list, text } from "../start/rows.ts";

export interface Printer {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly dpi: number;
  readonly media: string;
}

export interface Printers {
  readonly printers: readonly Printer[];
  readonly rolls: readonly string[];
}

export interface Job {
  readonly id: string;
  readonly printer: string;
  readonly title: string;
  readonly labels: number;
  readonly state: string;
  readonly attempts: number;
  readonly problem: string;
}

export const NO_PRINTERS: Printers = { printers: [], rolls: [] };

export const printers = (answer: unknown): Printers => ({
  printers: list(body(answer).items).map(printer),
  rolls: list(body(answer).rolls).map(text),
});

function printer(value: unknown): Printer {
  const row = body(value);
  return {
    id: text(row.id),
    name: text(row.name),
    host: text(row.host),
    port: count(row.port),
    dpi: count(row.dpi),
    media: text(row.media),
  };
}

export const jobs = (answer: unknown): readonly Job[] =>
  list(body(answer).items).map((value) => {
    const row = body(value);
    return {
      id: text(row.id),
      printer: text(row.printer),
      title: text(row.title),
      labels: count(row.labels),
      state: text(row.state),
      attempts: count(row.attempts),
      problem: text(row.problem),
    };
  });

export const isOpen = ({ state }: Job): boolean => state === "waiting" || state === "sending";

/** The kind in words, the codes as they are. */
export function titleOf({ title }: Job): Text {
  const [kind = "", ...codes] = title.split(" ");
  return say("labels.of", { kind: wordOf("labels.kind", kind), codes: codes.join(" … ") });
}

/** Where a job stands, and why it is not printed yet. */
export const stateOf = ({ state, problem, attempts }: Job): Text =>
  state === "waiting" && problem !== ""
    ? say("labels.again", { why: wordOf("labels.why_not", problem), attempts })
    : wordOf("labels.state", state);
