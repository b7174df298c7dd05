/** Warehouses to look at while designing: `?scene=name` on the development server. */
import type { Device } from "../../device.ts";
import { memoryDevice } from "./device.ts";
import {
  announced,
  BIN,
  DOCK,
  floor,
  id,
  lot,
  lpn,
  MILK,
  OTHER,
  ordered,
  PALLET,
  SALT,
  stop,
  type Table,
  TEA,
  THIRD,
  tote,
  worldOf,
} from "./floor.ts";

function filled(): Table {
  const table = floor();
  ordered(table, "PO-4711", TEA, 24, { received: 12 });
  ordered(table, "PO-4711", MILK, 48);
  ordered(table, "PO-4712", TEA, 6);
  ordered(table, "PO-BLIND", SALT, 10, { blind: true });
  announced(table, "ASN-88");
  const milk = { lot: lot(MILK, "L7"), lot_code: "L7", expiry: "2027-03-31" };
  stop(table, "SO-1001", TEA, BIN, 12);
  stop(table, "SO-1001", MILK, OTHER, 6, milk);
  stop(table, "SO-1001", SALT, THIRD, 2);
  table.putaway_plan.push({
    id: id("plan"),
    lpn: lpn(PALLET),
    code: PALLET,
    item: MILK.id,
    source: DOCK.id,
    place: BIN.id,
    place_code: BIN.code,
    reason: {
      code: "same_item",
      words: { en: "Oat milk is there already", es: "Ya hay leche de avena" },
    },
    alternates: [OTHER.id],
    done: false,
  });
  const order = id("SO-900");
  table.order.push({
    id: order,
    number: "SO-900",
    customer_name: "Café Sol",
    status: "picked",
    lines: [
      { id: id("900-1"), item: TEA.id, ordered: 12, picked: 12, short: 0 },
      { id: id("900-2"), item: SALT.id, ordered: 4, picked: 3, short: 1 },
    ],
    totes: [{ lpn: worldOf(table).derive(tote("T-07"), order), code: "T-07" }],
  });
  table.todo.push({
    id: id("todo"),
    code: "over_receipt",
    subject: "PO-4711 Green tea",
    words: { en: "More than ordered", es: "Más de lo pedido" },
  });
  return table;
}

export async function sceneOf(name: string): Promise<Device> {
  const device = memoryDevice(filled());
  if (name !== "login") {
    await device.login("B-1001", "000000");
  }
  if (name === "broken") {
    device.broken = true;
  }
  return device;
}
