/** What a code means: one of several things, or goods that somebody names on the spot. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Scan } from "../domain/operation.ts";
import type { Resolved } from "../domain/resolved.ts";
import type { ItemRow } from "../domain/rows.ts";
import { narrow, type World } from "../flows/flow.ts";
import { measureOf } from "../flows/goods.ts";
import { nameOf } from "../flows/lookup/view.ts";
import type { Choice } from "../flows/view.ts";
import { say, type Text, t } from "../words/text.ts";
import { useAsked } from "./asked.ts";
import { Header } from "./badge.tsx";
import { useDevice, worldOf } from "./context.ts";
import { CodePad, type Match } from "./pad.tsx";
import { Said, Tool } from "./scan-one.tsx";
import { useScan } from "./scans.ts";
import { LazyCamera } from "./sheet.tsx";
import { Choices, Says } from "./stop.tsx";
import { sound } from "./tones.ts";
import type { Clearing, Unclear, Unknown } from "./unclear.ts";

export function UnclearScreen({
  unclear,
  clearing,
  onScan,
}: {
  unclear: Unclear;
  clearing: Clearing;
  onScan: (scan: Scan) => void;
}): VNode | null {
  if (unclear.type === "which") {
    return <Which unclear={unclear} clearing={clearing} onScan={onScan} />;
  }
  return unclear.asking ? <WhatIsIt unknown={unclear.unknown} clearing={clearing} /> : null;
}

/** Two meanings that both fit: a tap decides, or the next scan. */
function Which({
  unclear,
  clearing,
  onScan,
}: {
  unclear: Extract<Unclear, { type: "which" }>;
  clearing: Clearing;
  onScan: (scan: Scan) => void;
}): VNode {
  useScan((scan) => {
    clearing.leave();
    onScan(scan);
  });
  const choices = unclear.readings.map(
    (reading, at): Choice => ({
      key: `${at}`,
      text: nameOf(reading),
      note: toldApart(reading),
    }),
  );
  const view = { says: say("map.which"), icon: "help", target: null, choices } as const;
  useAsked(view);
  const choose = (key: string): void => {
    const chosen = unclear.readings[Number(key)];
    if (chosen) clearing.clear(chosen);
  };
  return (
    <div class="screen" data-test="which-meaning" data-tone="caution">
      <Header title={say("kind.ambiguous")} onBack={clearing.leave} />
      <main class="stop" data-test="stop">
        <Says view={view} />
        <Choices view={view} onChoose={choose} />
      </main>
    </div>
  );
}

/** Two cuts of one label differ in lot and date, other meanings in what they are. */
function toldApart(reading: Resolved): Text {
  if (reading.type !== "item") return say(`kind.${reading.type}`);
  const { lotCode, expiry, serialCode, item } = reading;
  const parts = [
    ...(lotCode === null ? [] : [t(say("fact.lot", { lot: lotCode }))]),
    ...(serialCode === null ? [] : [serialCode]),
    ...(expiry === null ? [] : [t(say("fact.expiry", { date: expiry }))]),
  ];
  return parts.length > 0 ? parts.join(" · ") : item.sku;
}

type Entering = "scan" | "code" | "camera";

/** Scan or find the goods, say how they come: from then on the code stands for them. */
function WhatIsIt({ unknown, clearing }: { unknown: Unknown; clearing: Clearing }): VNode {
  const device = useDevice();
  const [item, setItem] = useState<ItemRow | null>(null);
  const [entering, setEntering] = useState<Entering>("scan");
  const [wrong, setWrong] = useState<Text | null>(null);
  const says = say(item ? "map.how" : "map.scan");
  const take = (scan: Scan): void => {
    setEntering("scan");
    const resolved = narrow(device.replica.resolve(scan), ["item"]);
    const found = resolved.type === "item" ? resolved.item : null;
    sound(found ? "step" : "wrong");
    setWrong(found ? null : say("map.not_goods"));
    setItem(found ?? item);
  };
  const save = (packaging: string | null): void => {
    if (!item) return;
    const { named, scan } = unknown;
    const meant = { target_kind: "item", target: item.id, packaging } as const;
    device
      .record({
        kind: "identification.map_barcode",
        payload: { code: named.code, ...meant, scans: [scan] },
      })
      .then(
        () => clearing.clear(device.replica.resolve(scan)),
        () => {
          sound("wrong");
          setWrong(say("app.not_saved"));
        },
      );
  };
  useScan(take);
  const view = {
    says,
    icon: "box",
    target: unknown.named.code,
    goods: item?.name ?? null,
  } as const;
  useAsked({ ...view, choices: item ? howItComes(item) : [] });
  if (entering !== "scan") {
    return (
      <div class="screen" data-test="what-is-it-screen">
        <Header title={say("map.what")} onBack={() => setEntering("scan")} />
        {entering === "code" ? (
          <CodePad
            asks={say("map.find")}
            find={(text) => goodsLike(text, worldOf(device))}
            onDone={(data) => take({ data, symbology: "keyed" })}
          />
        ) : (
          <main class="sheet" data-test="camera-view">
            <LazyCamera onScan={take} />
          </main>
        )}
      </div>
    );
  }
  return (
    <div class="screen" data-test="what-is-it-screen" {...(wrong ? { "data-tone": "wrong" } : {})}>
      <Header title={say("map.what")} onBack={clearing.leave} />
      <main class="stop" data-test="stop">
        <Said attempt={wrong ? { words: wrong, wrong: true } : null} />
        <Says view={view} />
        <div class="target" data-test="target">
          {unknown.named.code}
        </div>
        {item ? (
          <>
            <div class="goods" data-test="goods">
              {item.name}
            </div>
            <Choices
              view={{ ...view, choices: howItComes(item) }}
              onChoose={(key) => save(key === PIECE ? null : key)}
            />
          </>
        ) : null}
      </main>
      <footer class="bar">
        <div class="row">
          <Tool
            name="code"
            icon="keys"
            words={say("app.code")}
            onPress={() => setEntering("code")}
          />
          <Tool
            name="camera"
            icon="camera"
            words={say("app.camera")}
            onPress={() => setEntering("camera")}
          />
        </div>
      </footer>
    </div>
  );
}

const PIECE = "piece";

const howItComes = (item: ItemRow): readonly Choice[] => [
  { key: PIECE, text: say("map.piece") },
  ...item.packagings.map(({ id, name, quantity }) => ({
    key: id,
    text: name,
    note: say("map.holds", { quantity, unit: measureOf(item.unit) }),
  })),
];

const MOST = 4;

/** Goods whose SKU ends so, or whose name holds it. */
function goodsLike(text: string, world: World): readonly Match[] {
  const wanted = text.toUpperCase();
  return world
    .all("item")
    .filter(
      ({ sku, name }) => sku.toUpperCase().endsWith(wanted) || name.toUpperCase().includes(wanted),
    )
    .slice(0, MOST)
    .map(({ sku, name }) => ({ data: sku, text: sku, note: name }));
}
