/** Codes that end like what was typed: nobody types eighteen digits with gloves on. */
import type { World } from "../flows/flow.ts";
import { say } from "../words/text.ts";
import type { Match } from "./pad.tsx";

const MOST = 4;

function* codes(world: World): Generator<Match> {
  for (const place of world.all("location")) {
    if (place.kind !== "virtual") {
      yield { data: place.code, text: place.code, note: say(`place.${place.kind}`) };
    }
  }
  for (const item of world.all("item")) {
    yield { data: item.sku, text: item.sku, note: item.name };
  }
  for (const identifier of world.all("identifier")) {
    const name = world.get("item", identifier.item)?.name ?? "";
    yield { data: identifier.code, text: identifier.code, note: name };
  }
  for (const po of world.all("po")) {
    yield { data: po.number, text: po.number, note: say("kind.po") };
  }
  for (const asn of world.all("asn")) {
    yield { data: asn.number, text: asn.number, note: say("kind.asn") };
  }
  for (const unit of world.all("asn_unit")) {
    yield { data: unit.code, text: unit.code, note: say("kind.lpn") };
  }
  for (const plan of world.all("putaway_plan")) {
    if (plan.code !== null) {
      yield { data: plan.code, text: plan.code, note: say("kind.lpn") };
    }
  }
  for (const task of world.all("pick_task")) {
    yield { data: task.order_number, text: task.order_number, note: task.customer_name };
  }
  for (const order of world.all("order")) {
    yield { data: order.number, text: order.number, note: order.customer_name };
    for (const unit of order.totes) {
      yield { data: `TMT:${unit.code}`, text: unit.code, note: say("kind.tote") };
    }
  }
}

export function endingIn(text: string, world: World): readonly Match[] {
  const wanted = text.toUpperCase();
  const found = new Map<string, Match>();
  for (const match of codes(world)) {
    if (found.size >= MOST) {
      break;
    }
    if (match.text.toUpperCase().endsWith(wanted)) {
      found.set(match.data, match);
    }
  }
  return [...found.values()];
}
