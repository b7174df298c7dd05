/** Receive, with a label for what has just come in. */
import type { VNode } from "preact";
import { receive } from "../flows/receive/flow.ts";
import { labelOf } from "../flows/receive/label.ts";
import { view } from "../flows/receive/view.ts";
import { say } from "../words/text.ts";
import { Floor } from "./floor.tsx";

export const Receiving = (): VNode => (
  <Floor title={say("door.receive")} flow={receive} view={view} label={labelOf} />
);
