/** What there is to scan for the words on the screen: the next right code, others, and wrong ones. Pure. */
import type { ItemRow } from "../domain/rows.ts";
import type { World } from "../flows/flow.ts";
import type { Asked } from "../ui/asked.ts";
import { say, type Text, t, type Word } from "../words/text.ts";
import {
  BLANK_TAG,
  badDigits,
  caseLabel,
  EXPIRY,
  gtinOf,
  LOT,
  SERIAL,
  sscc,
  tagOf,
} from "./labels.ts";
import type { DemoSite } from "./site.ts";

/** `next` is what the story needs, `also` works too, `wrong` must be stopped. */
export type Fit = "next" | "also" | "wrong";

export interface Code {
  readonly fit: Fit;
  readonly words: Text;
  readonly data: string;
}

type Codes = readonly Code[];

const code = (fit: Fit, words: Text, data: string): Code => ({ fit, words, data });
const TOTES = ["T-01", "T-02", "T-03"];
const FEW = 3;
const PIECES = [1, 2, 3, 4, 5, 6];

/** The word by which the screen says what it wants. */
const wordOf = (text: Text): Word | null =>
  typeof text === "object" && "word" in text ? text.word : null;

export function codesFor(asked: Asked | null, world: World, about: DemoSite): Codes {
  const found = asked === null ? anything(world) : wanted(asked, world, about);
  return onlyOneNext(found);
}

/** One code is the next one; the others of its kind work too. */
function onlyOneNext(codes: Codes): Codes {
  const first = codes.findIndex((one) => one.fit === "next");
  return codes.map((one, at) =>
    one.fit === "next" && at !== first ? { ...one, fit: "also" } : one,
  );
}

function wanted(asked: Asked, world: World, about: DemoSite): Codes {
  switch (wordOf(asked.says)) {
    case "login.badge":
      return badges(about);
    case "receive.scan_dock":
      return [
        ...places(world, "dock", "next"),
        ...places(world, "bin", "wrong").slice(0, 1),
        STRANGE,
      ];
    case "receive.scan_any":
      return [...announced(world), ...orders(world), ...wrongAtTheDock(world)];
    case "receive.scan_goods":
    case "receive.damaged":
    case "receive.wrong_item":
      return [...ordered(asked, world), ...also(announced(world)), ...wrongAtTheDock(world)];
    case "receive.stranger_ask":
      return goodsNamed(asked.target, world, "next");
    case "receive.lot":
    case "receive.expiry":
    case "receive.serial":
      return [details(wordOf(asked.says)), STRANGE];
    case "putaway.scan_load":
    case "move.scan_load":
      return [...onTheDock(world), ...also(loose(world)), STRANGE];
    case "putaway.scan_bin":
    case "putaway.again":
    case "putaway.choose_bin":
    case "move.scan_target":
      return [
        ...placeAsked(asked, world),
        ...otherBins(asked, world),
        ...places(world, "dock", "wrong").slice(0, 1),
      ];
    case "pick.scan_place":
    case "count.scan_wanted":
      return [...placeAsked(asked, world), ...otherBins(asked, world), STRANGE];
    case "pick.scan_goods":
      return [...goodsNamed(asked.goods ?? null, world, "next"), ...otherGoods(asked, world)];
    case "pick.scan_tote":
      return [...totes(asked), ...places(world, "bin", "wrong").slice(0, 1)];
    case "count.scan_place":
    case "count.offered":
      return [...places(world, "bin", "next").slice(0, FEW), ...loose(world, "wrong").slice(0, 1)];
    case "count.scan_goods":
      return counted(asked, world);
    case "ship.scan_order":
      return [...toShip(world), STRANGE];
    case "ship.scan_stage":
      return [
        ...places(world, "stage", "next").slice(0, 1),
        ...places(world, "bin", "wrong").slice(0, 1),
      ];
    case "putaway.scan_source":
    case "move.scan_source":
      return [...places(world, "dock", "next"), ...places(world, "bin", "also").slice(0, FEW)];
    case "lookup.scan":
    case "kind.item":
    case "kind.place":
    case "kind.lpn":
      return anything(world);
    default:
      return [];
  }
}

const also = (codes: Codes): Codes => codes.map((one) => ({ ...one, fit: "also" }));

const STRANGE = code("wrong", say("demo.strange"), badDigits);

const badges = (about: DemoSite): Codes => [
  ...about.doors
    .filter((part, at, all) => all.findIndex((other) => other.badge === part.badge) === at)
    .map((part) => code("also", part.name, `TMB:${part.badge}`)),
];

const places = (world: World, kind: "bin" | "dock" | "stage", fit: Fit): Codes =>
  world
    .all("location")
    .filter((place) => place.kind === kind && !place.blocked)
    .map((place) => place.code)
    .toSorted((one, other) => one.localeCompare(other))
    .map((place) => code(fit, place, place));

/** Announced pallets nobody has received. */
const announced = (world: World): Codes =>
  world
    .all("asn_unit")
    .filter((unit) => !unit.received)
    .map((unit) =>
      code("next", say("demo.pallet", { code: unit.code.slice(-6) }), sscc(unit.code)),
    );

const orders = (world: World): Codes =>
  world
    .all("po")
    .filter((po) => po.status === "open")
    .toSorted((one, other) => one.number.localeCompare(other.number))
    .map((po) => code("next", po.number, po.number));

/** Goods of the order that is open on the screen: cases by their GS1 label where they have lots. */
function ordered(asked: Asked, world: World): Codes {
  const number = asked.target === null ? "" : t(asked.target);
  const po = world.all("po").find((one) => one.number === number);
  const lines = world.all("po_line").filter((line) => line.po === po?.id && !line.closed);
  const open = lines.filter((line) => line.ordered === null || line.ordered > (line.received ?? 0));
  const found = open.flatMap((line) => {
    const item = world.get("item", line.item);
    return item ? labelled(item, world, "next") : [];
  });
  const items = open.flatMap(({ item }) => world.get("item", item) ?? []);
  // With something booked, the story goes on with the button below.
  return [...(asked.quantity ? also(found) : found), ...burst(items, world)];
}

const wrongAtTheDock = (world: World): Codes => [
  ...places(world, "bin", "wrong").slice(0, 1),
  STRANGE,
];

function details(word: Word | null): Code {
  switch (word) {
    case "receive.lot":
      return code("next", say("fact.lot", { lot: LOT }), `]C110${LOT}`);
    case "receive.expiry":
      return code("next", say("expect.expiry"), `]C117${EXPIRY}`);
    default:
      return code("next", say("expect.serial"), `]C121${SERIAL}`);
  }
}

/** Pallets that stand on a dock and wait for a bin. */
const onTheDock = (world: World): Codes =>
  world
    .all("putaway_plan")
    .filter((plan) => !plan.done && plan.source !== null && plan.code !== null)
    .map(({ code: unit }) =>
      code("next", say("demo.pallet", { code: unit?.slice(-6) ?? "" }), sscc(unit ?? "")),
    );

/** The label of the place the screen names; any bin where it names none. */
function placeAsked(asked: Asked, world: World): Codes {
  const named = asked.target === null ? "" : t(asked.target);
  const known = world.all("location").some((place) => place.code === named);
  return known ? [code("next", named, named)] : places(world, "bin", "next").slice(0, 1);
}

const otherBins = (asked: Asked, world: World): Codes =>
  places(world, "bin", "wrong")
    .filter((one) => one.data !== (asked.target === null ? "" : t(asked.target)))
    .slice(-1);

const named = (text: Text | null, world: World): ItemRow | undefined =>
  world.all("item").find((item) => text !== null && item.name === t(text));

const goodsNamed = (text: Text | null, world: World, fit: Fit): Codes => {
  const item = named(text, world);
  return item ? labelled(item, world, fit) : [];
};

const otherGoods = (asked: Asked, world: World): Codes => {
  const item = named(asked.goods ?? null, world);
  return loose(world, "wrong")
    .filter((one) => one.words !== item?.name)
    .slice(0, 1);
};

/** What is printed on goods: a case label with lot and date, or the code of one piece. */
function labelled(item: ItemRow, world: World, fit: Fit): Codes {
  if (item.tracking === "lot") {
    const label = caseLabel(item, world);
    return label === null ? [] : [code(fit, say("demo.case", { item: item.name }), label)];
  }
  const gtin = gtinOf(item, null, world);
  return gtin === null ? [] : [code(fit, item.name, gtin)];
}

const loose = (world: World, fit: Fit = "next"): Codes =>
  world
    .all("item")
    .filter((item) => item.tracking === "none")
    .toSorted((one, other) => one.sku.localeCompare(other.sku))
    .slice(0, FEW)
    .flatMap((item) => labelled(item, world, fit));

const totes = (asked: Asked): Codes => {
  const held = asked.target === null ? "" : t(asked.target);
  const known = TOTES.includes(held);
  return TOTES.map((tote) =>
    code(
      !known || tote === held ? "next" : "wrong",
      say("demo.tote", { code: tote }),
      `TMT:${tote}`,
    ),
  );
};

/** A counter scans what lies there; what should lie there is known to nobody on this device. */
function counted(asked: Asked, world: World): Codes {
  const goods = loose(world, asked.goods ? "also" : "next");
  const single = world.all("item").filter((item) => item.tracking === "serial");
  return [...goods, ...burst(single, world), STRANGE];
}

/** What a sled types at one pull: pieces of the first of these that carry tags, each heard twice, and a blank tag. */
function burst(items: readonly ItemRow[], world: World): Codes {
  const item = items.find(({ tracking }) => tracking !== "lot");
  const tags = PIECES.flatMap((n) => (item && tagOf(item, n, world)) ?? []);
  const all = [...tags, ...tags, BLANK_TAG];
  return tags.length > 0
    ? [code("also", say("demo.sled", { count: tags.length + 1 }), all.join(" "))]
    : [];
}

const toShip = (world: World): Codes =>
  world
    .all("order")
    .flatMap((order) => order.totes)
    .map((tote) => code("next", say("demo.tote", { code: tote.code }), `TMT:${tote.code}`));

const anything = (world: World): Codes => [
  ...also(announced(world).slice(0, 1)),
  ...also(orders(world).slice(0, 1)),
  ...loose(world, "also").slice(0, 2),
  ...places(world, "bin", "also").slice(0, 1),
  STRANGE,
];
