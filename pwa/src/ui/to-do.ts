/** Work on the floor that contradictions have left, for whoever may open the door it is done behind. */
import type { Device } from "../device.ts";
import { itemName } from "../flows/goods.ts";
import type { Icon } from "../flows/view.ts";
import { say, type Text } from "../words/text.ts";
import { worldOf } from "./context.ts";
import { doorsOf } from "./doors.ts";
import type { FlowName } from "./route.ts";

export interface Work {
  readonly id: string;
  readonly kind: string;
  readonly says: Text;
  readonly about: Text;
  readonly icon: Icon;
  /** Where it is done. */
  readonly flow: FlowName;
}

export function toDo(device: Device, roles: readonly string[]): readonly Work[] {
  const doors: readonly string[] = doorsOf(roles);
  return [...putBacks(device), ...followUps(device)].filter(({ flow }) => doors.includes(flow));
}

function putBacks(device: Device): readonly Work[] {
  const world = worldOf(device);
  return world.all("put_back").flatMap(({ id, number, code, lines }) => {
    const left = lines.filter(({ quantity }) => quantity > 0);
    const names = left.map(({ item, quantity }) => `${quantity} × ${itemName(world, item)}`);
    const about = [code, ...names].filter(Boolean).join(" · ");
    const says = say("todo.put_back", { number });
    return left.length > 0
      ? [{ id, kind: "put_back", says, about, icon: "undo", flow: "move" } as const]
      : [];
  });
}

function followUps(device: Device): readonly Work[] {
  const world = worldOf(device);
  return world.all("follow_up").flatMap((row): readonly Work[] => {
    const { id, kind } = row;
    const item = row.item ? itemName(world, row.item) : "";
    const number = row.number ?? "";
    switch (kind) {
      case "relocate": {
        const code = world.get("location", row.place ?? "")?.code ?? "";
        const says = say("todo.relocate", { code });
        const about = say("todo.relocate_why");
        return [{ id, kind, says, about, icon: "move", flow: "move" }];
      }
      case "set_aside": {
        const about = [item, number].filter(Boolean).join(" · ");
        return [{ id, kind, says: say("todo.set_aside"), about, icon: "move", flow: "move" }];
      }
      case "stop_ship": {
        const says = say("todo.stop_ship", { number });
        return [{ id, kind, says, about: item, icon: "stop", flow: "move" }];
      }
      default:
        return []; // a later server may send more
    }
  });
}
