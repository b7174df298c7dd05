/** A new version is offered between tasks only: never under a half-finished count. */
import type { VNode } from "preact";
import type { Device } from "../device.ts";
import { count } from "../flows/count/flow.ts";
import { move } from "../flows/move/flow.ts";
import { pick } from "../flows/pick/flow.ts";
import { putaway } from "../flows/putaway/flow.ts";
import { receive } from "../flows/receive/flow.ts";
import { isResting } from "../flows/running.ts";
import { shipping } from "../flows/ship/flow.ts";
import { say, t } from "../words/text.ts";
import { useDevice } from "./context.ts";
import { Icon } from "./icon.tsx";

export const betweenTasks = (device: Device): boolean =>
  isResting(device, receive) &&
  isResting(device, putaway) &&
  isResting(device, pick) &&
  isResting(device, shipping) &&
  isResting(device, count) &&
  isResting(device, move);

export function Update(): VNode | null {
  const device = useDevice();
  return device.update.ready.value && betweenTasks(device) ? (
    <button type="button" class="tool" data-test="update" onClick={() => device.update.apply()}>
      <Icon name="sync" />
      {t(say("app.update"))}
    </button>
  ) : null;
}
