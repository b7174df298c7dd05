/** What a sled read at the dock, booked and not. */
import type { AsnUnitRow } from "../../domain/rows.ts";
import { say, type Text } from "../../words/text.ts";
import type { World } from "../flow.ts";
import { sweepView } from "../sweep/swept.ts";
import type { SweepView, View } from "../view.ts";
import { ending } from "./book.ts";
import type { Session, SweptDock } from "./state.ts";

export function sweepPart({ swept }: Session, world: World): Pick<View, "sweep"> {
  if (!swept) {
    return {};
  }
  const drawn = sweepView(swept.tally, world, notes(swept), swept.unknown.length);
  return { sweep: { ...drawn, groups: [...drawn.groups, ...pallets(swept, world)] } };
}

function notes(swept: SweptDock): Text[] {
  const said = (["foreign", "undecided", "lacking", "strange"] as const).map((why) =>
    swept[why].length > 0 ? [say(`sweep.${why}`, { count: swept[why].length })] : [],
  );
  return said.flat();
}

/** Announced pieces, checked off pallet by pallet; of a blind order only what was read. */
function pallets({ aboard }: SweptDock, world: World): SweepView["groups"] {
  if (aboard.length === 0) {
    return [];
  }
  const read = new Set(aboard);
  return world.all("asn_unit").flatMap((unit) => {
    const serials = unit.contents.flatMap(({ serial }) => serial ?? []);
    const found = serials.filter((serial) => read.has(serial)).length;
    const count = blind(unit, world) ? `${found}` : `${found} / ${serials.length}`;
    const code = ending(unit.code);
    return found > 0
      ? [
          {
            key: unit.id,
            text: say(unit.received ? "sweep.aboard" : "sweep.scan_pallet", { code }),
            count,
          },
        ]
      : [];
  });
}

const blind = (unit: AsnUnitRow, world: World): boolean => {
  const po = world.get("asn", unit.asn)?.po ?? null;
  return po !== null && (world.get("po", po)?.blind ?? false);
};
