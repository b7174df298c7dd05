import { describe, expect, test } from "vitest";
import { aliasId, lotId, lpnId, serialId, toteId } from "../domain/ids.ts";
import type { Resolved } from "../domain/resolved.ts";
import codes from "../domain/vectors/mapped-codes.json" with { type: "json" };
import { BIN, ORDER, place, TASK, TEA } from "../testing/gestures.ts";
import { Held } from "./held.ts";
import { identification } from "./identification.ts";
import { Shelf } from "./replica.ts";

const SITE = "018f5c1e-7b1a-7c33-9d2e-0a1b2c3d4e5f";
const CASE = TEA.packagings[1].id;
const PIECE_GTIN = "04006381333931";
const CASE_GTIN = "14006381333938";
const SSCC = "340123450000000017";
const ANNOUNCED = {
  id: lpnId(SITE, SSCC),
  asn: "asn-1",
  code: SSCC,
  contents: [],
  received: false,
};
const PERSON = { id: "p-1", badge: "1001", name: "Anna", roles: [] };
const VIRTUAL = place("f0", "@scrap", "virtual");

const ROWS: ReadonlyArray<readonly [string, { readonly id: string }]> = [
  ["item", TEA],
  ["item", { ...TEA, id: "item-2", sku: "MUG" } as { id: string }],
  ["identifier", { id: "i-1", code: PIECE_GTIN, item: TEA.id, packaging: null } as { id: string }],
  ["identifier", { id: "i-2", code: CASE_GTIN, item: TEA.id, packaging: CASE } as { id: string }],
  ["identifier", { id: "i-3", code: "OLD-TEA", item: TEA.id, packaging: CASE } as { id: string }],
  ["identifier", { id: "i-4", code: "TWICE", item: TEA.id, packaging: null } as { id: string }],
  ["identifier", { id: "i-5", code: "TWICE", item: "item-2", packaging: null } as { id: string }],
  ["location", BIN],
  ["location", place("b9", "4006381333931", "bin")],
  ["location", VIRTUAL],
  [
    "alias",
    { id: aliasId(SITE, "DOOR 7"), code: "DOOR 7", target_kind: "place", target: BIN.id } as {
      id: string;
    },
  ],
  [
    "alias",
    { id: aliasId(SITE, SSCC), code: SSCC, target_kind: "lpn", target: ANNOUNCED.id } as {
      id: string;
    },
  ],
  [
    "alias",
    { id: aliasId(SITE, "OK!"), code: "OK!", target_kind: "command", target: "DONE" } as {
      id: string;
    },
  ],
  [
    "alias",
    { id: aliasId(SITE, "GHOST"), code: "GHOST", target_kind: "place", target: "gone" } as {
      id: string;
    },
  ],
  ["person", PERSON],
  ["po", { id: "po-1", number: "PO-77" } as { id: string }],
  ["asn", { id: "asn-1", number: "ASN-5" } as { id: string }],
  ["asn_unit", ANNOUNCED],
  ["pick_task", { id: TASK, order: ORDER, order_number: "SO-9" } as { id: string }],
];

function shelf(rows = ROWS): Shelf {
  const held = new Held();
  held.apply(rows.map(([entity, row], seq) => ({ channel: "site", entity, id: row.id, seq, row })));
  const filled = new Shelf(identification, () => SITE);
  filled.show(held, []);
  return filled;
}

const resolve = (data: string, symbology: string | null = null): Resolved =>
  shelf().resolve({ data, symbology });

describe("codes of the house", () => {
  test("a place, with prefix or bare, from its label or by an alias", () => {
    for (const code of ["TMP:A-01", "A-01", "DOOR 7"]) {
      expect(resolve(code)).toMatchObject({ type: "place", place: { id: BIN.id } });
    }
  });

  test("a place that only exists in the books is none", () => {
    expect(resolve("@scrap").type).toBe("unknown");
  });

  test("badge, unit, tote, command", () => {
    expect(resolve("TMB:1001")).toMatchObject({ type: "person", person: PERSON });
    expect(resolve("TMU:U-1")).toMatchObject({ type: "lpn", lpn: lpnId(SITE, "U-1"), code: "U-1" });
    expect(resolve("TMT:T-07")).toMatchObject({ type: "tote", tote: toteId(SITE, "T-07") });
    expect(resolve("TMC:DONE")).toMatchObject({ type: "command", command: "DONE" });
    expect(resolve("OK!")).toMatchObject({ type: "command", command: "DONE" });
  });

  test("documents by their number", () => {
    expect(resolve("PO-77")).toMatchObject({ type: "po", po: { id: "po-1" } });
    expect(resolve("ASN-5")).toMatchObject({ type: "asn", asn: { id: "asn-1" } });
    expect(resolve("SO-9")).toMatchObject({ type: "order", order: { id: TASK } });
    expect(resolve("TMO:SO-9")).toMatchObject({ type: "order", order: { id: TASK } });
  });

  test("a code made by hand counts as if it were scanned", () => {
    expect(resolve("TMT:T-07", "keyed")).toMatchObject({ type: "tote", code: "T-07" });
    expect(resolve("(10)ABC", "keyed")).toMatchObject({ type: "details", lotCode: "ABC" });
  });

  test("an alias whose target is not here is unknown, not wrong", () => {
    expect(resolve("GHOST")).toMatchObject({ type: "unknown", code: "GHOST" });
  });
});

describe("goods", () => {
  test("a SKU is one piece; a case barcode is twelve", () => {
    expect(resolve("TEA")).toMatchObject({ type: "item", quantity: 1, packaging: null });
    expect(resolve("OLD-TEA")).toMatchObject({ type: "item", quantity: 12, packaging: CASE });
    expect(resolve(CASE_GTIN)).toMatchObject({ type: "item", quantity: 12 });
  });

  test("a GS1 case fills lot, date, serial and quantity at once", () => {
    const gs1 = `]C101${CASE_GTIN}17261231${"10ABC"}\x1d21S1`;
    expect(resolve(gs1)).toMatchObject({
      type: "item",
      item: { id: TEA.id },
      quantity: 12,
      lotCode: "ABC",
      lot: lotId(TEA.id, "ABC"),
      expiry: "2026-12-31",
      serialCode: "S1",
      serial: serialId(TEA.id, "S1"),
    });
  });

  test("contents and count on a carton: cases times pieces", () => {
    expect(resolve(`(02)${CASE_GTIN}(37)4`)).toMatchObject({ type: "item", quantity: 48 });
  });

  test("a lot label alone is details, never an item", () => {
    expect(resolve("(10)ABC(17)261231")).toMatchObject({
      type: "details",
      lotCode: "ABC",
      expiry: "2026-12-31",
      serialCode: null,
    });
  });

  test("an item nobody knows is unknown, with its code to map", () => {
    expect(resolve("(01)09521234543213(10)A")).toMatchObject({ type: "unknown" });
  });
});

describe("codes that somebody maps", () => {
  test.each(codes)("$data goes by one code", ({ data, symbology, code }) => {
    const answer = shelf([]).resolve({ data, symbology });
    expect(answer.type === "unknown" ? (answer.named?.code ?? null) : answer.type).toBe(code);
  });

  const mapped = (code: string, packaging: string | null) => {
    const alias = { id: aliasId(SITE, code), code, target_kind: "item", target: TEA.id, packaging };
    return shelf([...ROWS, ["alias", alias as { id: string }]]);
  };

  test("an exact string is the item in its packaging", () => {
    const answer = mapped("HOUSE-77", CASE).resolve({ data: "]C0HOUSE-77", symbology: null });
    expect(answer).toMatchObject({ type: "item", item: { id: TEA.id }, quantity: 12 });
  });

  test("a GTIN keeps what its label says besides", () => {
    const shelved = mapped("09526000000013", null);
    const answer = shelved.resolve({ data: "(01)09526000000013(10)L7", symbology: null });
    expect(answer).toMatchObject({ type: "item", lotCode: "L7", lot: lotId(TEA.id, "L7") });
    expect(shelved.resolve({ data: "9526000000013", symbology: null }).type).toBe("item");
  });

  test("mapped to something else than it is elsewhere: ambiguous, never a guess", () => {
    const other = { id: aliasId(SITE, PIECE_GTIN), code: PIECE_GTIN, target_kind: "item" };
    const alias = { ...other, target: "item-2", packaging: null };
    const both = shelf([...ROWS.slice(0, 4), ["alias", alias as { id: string }]]);
    expect(both.resolve({ data: PIECE_GTIN, symbology: null }).type).toBe("ambiguous");
  });
});

describe("labels whose separators were lost", () => {
  const LOST = `01${PIECE_GTIN}10L717261231`;
  const known = (label_ais: readonly string[] | null) =>
    shelf([...ROWS, ["item", { ...TEA, label_ais } as { id: string }]]);

  test("are read as the item's label is known to be", () => {
    const answer = known(["01", "10", "17"]).resolve({ data: LOST, symbology: "]C1" });
    expect(answer).toMatchObject({ type: "item", lotCode: "L7", expiry: "2026-12-31" });
  });

  test("are offered in every way where nobody knows the label, never guessed", () => {
    const answer = known(null).resolve({ data: LOST, symbology: "]C1" });
    const lots = answer.type === "ambiguous" ? answer.readings : [];
    expect(lots.map((one) => one.type === "item" && one.lotCode)).toEqual(["L717261231", "L7"]);
  });

  test("are read as its maker labels, where the item says nothing itself", () => {
    const maker = (company_prefix: string, ...label_ais: readonly string[]) =>
      ["supplier", { id: company_prefix, company_prefix, label_ais } as { id: string }] as const;
    const made = shelf([...ROWS, maker("4006", "01", "21"), maker("4006381", "01", "10", "17")]);
    expect(made.resolve({ data: LOST, symbology: "]C1" })).toMatchObject({ lotCode: "L7" });
    const another = shelf([...ROWS, maker("952", "01", "10", "17")]);
    expect(another.resolve({ data: LOST, symbology: "]C1" }).type).toBe("ambiguous");
  });

  test("of goods nobody knows name no lot", () => {
    const answer = shelf([]).resolve({ data: LOST, symbology: "]C1" });
    expect(answer).toMatchObject({ type: "unknown", named: { code: PIECE_GTIN, lotCode: null } });
  });
});

describe("pallets", () => {
  test("an announced pallet is known by its SSCC, however it is written", () => {
    for (const code of [SSCC, `(00)${SSCC}`, `]C100${SSCC}`]) {
      expect(resolve(code)).toMatchObject({ type: "lpn", lpn: ANNOUNCED.id, announced: ANNOUNCED });
    }
  });

  test("one that was not announced is an LPN all the same", () => {
    expect(resolve("340123450000000024")).toMatchObject({ type: "lpn", announced: null });
  });
});

describe("two answers", () => {
  test("an alias and a standard reading of different things are ambiguous, never a guess", () => {
    const both = resolve("4006381333931");
    expect(both.type).toBe("ambiguous");
    const kinds = both.type === "ambiguous" ? both.readings.map((one) => one.type) : [];
    expect(kinds.toSorted()).toEqual(["item", "place"]);
  });

  test("one barcode of two items is ambiguous", () => {
    expect(resolve("TWICE")).toMatchObject({ type: "ambiguous", readings: { length: 2 } });
  });

  test("an alias of the same pallet is the pallet", () => {
    expect(resolve(SSCC).type).toBe("lpn");
  });
});

describe("what is no code", () => {
  test.each(["", "ü", "x".repeat(600), "A\x00B", "4006381333932", "hello"])(
    "%j is unknown",
    (data) => {
      expect(resolve(data).type).toBe("unknown");
    },
  );
});

test("a new row is found, a renamed one only by its new name", () => {
  const filled = shelf();
  expect(filled.resolve({ data: "Z-99", symbology: null }).type).toBe("unknown");
  const { held } = filled;
  const row = { ...BIN, code: "Z-99" };
  held.apply([{ channel: "site", entity: "location", id: BIN.id, seq: 99, row }]);
  filled.show(held, []);
  expect(filled.resolve({ data: "Z-99", symbology: null }).type).toBe("place");
  expect(filled.resolve({ data: "A-01", symbology: null }).type).toBe("unknown");
});
