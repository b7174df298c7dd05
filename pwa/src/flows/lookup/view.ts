/** What a thing is, in a few lines; numbers only as far as the server allows them. */
import type { Resolved } from "../../domain/resolved.ts";
import { say, type Text } from "../../words/text.ts";
import { type Found, unreachable, type World } from "../flow.ts";
import { itemName, measureOf } from "../goods.ts";
import type { Button, View } from "../view.ts";
import { hasTag } from "./find.ts";
import type { State } from "./flow.ts";

export function view(state: State, world: World): View {
  if (state.at === "anything") {
    return { says: say("lookup.scan"), icon: "lookup", target: null };
  }
  const { what } = state;
  if (state.at === "find") {
    return {
      says: say("sweep.find_hint"),
      icon: "lookup",
      target: nameOf(what),
      facts: about(what, world),
      near: state.near,
      back: true,
    };
  }
  return {
    says: say(`kind.${what.type}`),
    icon: "lookup",
    target: nameOf(what),
    facts: [...about(what, world), ...numbers(state.found)],
    actions: hasTag(what) ? [FIND] : [],
    back: true,
  };
}

const FIND: Button = { action: "find", words: say("sweep.find"), icon: "lookup" };

export function nameOf(what: Resolved): Text {
  switch (what.type) {
    case "place":
      return what.place.code;
    case "item":
      return what.item.name;
    case "lpn":
    case "tote":
    case "unknown":
      return what.code;
    case "order":
      return "order_number" in what.order ? what.order.order_number : what.order.number;
    case "po":
      return what.po.number;
    case "asn":
      return what.asn.number;
    case "person":
      return what.person.name;
    case "command":
      return what.command;
    case "ambiguous":
    case "details":
      return say(`kind.${what.type}`);
    default:
      return unreachable(what);
  }
}

/** Master data and papers only: what is in a place is the server's to tell. */
function about(what: Resolved, world: World): Text[] {
  switch (what.type) {
    case "place":
      return [
        say(`place.${what.place.kind}`),
        ...(what.place.blocked ? [say("lookup.blocked")] : []),
        ...(what.place.rules.only_empty ? [say("lookup.only_empty")] : []),
        ...(what.place.rules.no_mix_item ? [say("lookup.no_mix_item")] : []),
        ...(what.place.rules.no_mix_lot ? [say("lookup.no_mix_lot")] : []),
      ];
    case "item":
      return [
        what.item.sku,
        ...what.item.packagings.map(({ name, quantity }) =>
          say("lookup.pack", { name, quantity, unit: measureOf(what.item.unit) }),
        ),
        ...(what.lotCode === null ? [] : [say("fact.lot", { lot: what.lotCode })]),
        ...(what.expiry === null ? [] : [say("fact.expiry", { date: what.expiry })]),
      ];
    case "lpn":
      return palletFacts(what, world);
    case "order":
      return [what.order.customer_name];
    case "po":
      return [world.get("supplier", what.po.supplier)?.name ?? "", say(`po.${what.po.status}`)];
    case "asn":
      return [world.get("supplier", what.asn.supplier)?.name ?? "", say(`asn.${what.asn.status}`)];
    case "person":
      return [what.person.roles.join(", ")];
    case "ambiguous":
      return what.readings.map((reading) =>
        say("lookup.reading", { kind: say(`kind.${reading.type}`), name: nameOf(reading) }),
      );
    case "details":
      return [what.lotCode, what.expiry, what.serialCode].filter((part) => part !== null);
    case "tote":
    case "command":
    case "unknown":
      return [];
    default:
      return unreachable(what);
  }
}

/** An announced pallet's papers; what it holds by the book is not on this device. */
const palletFacts = (what: Extract<Resolved, { type: "lpn" }>, world: World): Text[] =>
  (what.announced?.contents ?? []).map((goods) =>
    say("lookup.announced", { quantity: goods.quantity, item: itemName(world, goods.item) }),
  );

function numbers(found: Found | null): Text[] {
  if (found === null) {
    return [];
  }
  return found.state === "known"
    ? found.lines.map(([label, value]) => `${label}: ${value}`)
    : [say(`lookup.${found.state}`)];
}
