/** What the counter sees: the place, and only what the counter has said. */
import { say, type Text } from "../../words/text.ts";
import type { World } from "../flow.ts";
import { facts, fillingName, itemName, measure, packOf } from "../goods.ts";
import { sweepView } from "../sweep/swept.ts";
import type { View } from "../view.ts";
import { tallyOf } from "./noting.ts";
import { offersTo } from "./offers.ts";
import type { Bin, State } from "./state.ts";
import { BESIDE, sweptIn } from "./sweep.ts";

export function view(state: State, world: World): View {
  switch (state.at) {
    case "place":
      return placeView(state.wanted, world);
    case "goods":
      return goodsView(state.bin, world);
    case "lot":
    case "serial":
    case "expiry":
      return {
        says: say(`receive.${state.at}`),
        icon: "keys",
        target: state.bin.code,
        goods: itemName(world, state.filling.item),
        pad: { enters: state.at },
        back: true,
      };
    case "empty":
      return {
        says: say("count.empty_ask"),
        icon: "empty",
        target: state.bin.code,
        primary: { action: "empty", words: say("action.bin_empty"), icon: "empty" },
        back: true,
      };
  }
}

/** How many places are on offer at a time; the rest follows when these are counted. */
const SHOWN = 4;

function placeView(wanted: string | undefined, world: World): View {
  const code = wanted && world.get("location", wanted)?.code;
  if (code) {
    return { says: say("count.scan_wanted"), icon: "place", target: code, back: true };
  }
  const offers = offersTo(world);
  return {
    says: say(offers.length > 0 ? "count.offered" : "count.scan_place"),
    icon: "place",
    target: null,
    choices: offers
      .slice(0, SHOWN)
      .map((offer) => ({ key: offer.task, text: offer.code, note: offer.why })),
    ahead: offers.length > SHOWN ? say("count.more", { count: offers.length - SHOWN }) : null,
  };
}

function goodsView(bin: Bin, world: World): View {
  const { last } = bin;
  return {
    says: say("count.scan_goods"),
    icon: "box",
    target: bin.code,
    goods: last ? fillingName(world, last) : null,
    facts: last ? facts(last) : [],
    quantity: last ? { value: tallyOf(bin, last).total, unit: measure(last, world) } : null,
    pad:
      last && last.serial === null
        ? { enters: "quantity", usual: Math.max(last.quantity, 100), pack: packOf(world, last) }
        : null,
    ...sweepPart(bin, world),
    ahead: ahead(bin),
    primary: { action: "finish", words: say("action.nothing_else"), icon: "check" },
    back: bin.lines === 0,
  };
}

const ahead = ({ lines, unnamed }: Bin): Text | null => {
  const count = unnamed?.length ?? 0;
  const said = lines > 0 ? say("count.lines", { count: lines }) : null;
  return count > 0 && said ? say("map.so_far", { lines: said, count }) : said;
};

/** What the sled read here; never what it should have read. */
function sweepPart(bin: Bin, world: World): Pick<View, "sweep" | "choices"> {
  if (!bin.swept) {
    return {};
  }
  const { tally, beside, lotless } = sweptIn(bin);
  const waiting = beside.pieces.length + beside.units.length;
  const notes = lotless > 0 ? [say("sweep.lotless", { count: lotless })] : [];
  return {
    sweep: sweepView(tally, world, notes),
    choices:
      waiting > 0
        ? [
            {
              key: BESIDE,
              text: say("sweep.beside", { count: waiting }),
              note: say("sweep.beside_why"),
            },
          ]
        : [],
  };
}
