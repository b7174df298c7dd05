import { describe, expect, test } from "vitest";
import type { Api } from "../../device.ts";
import { fill } from "./filling.ts";
import { FORMS, type Form } from "./forms.ts";

const TEA = {
  key: "1",
  id: "tea",
  sku: "TEA",
  packagings: [{ id: "case", name: "case", quantity: 6 }],
};
const shop: Api = {
  get: async () => ({ ok: true, status: 200, body: { rows: [{ ...TEA, sku: "TEAPOT" }, TEA] } }),
  post: () => Promise.reject(new Error("nothing is sent while a form is read")),
};

const form = (table: string): Form => FORMS[table] ?? { kind: "", fields: [] };
const typed = (values: Readonly<Record<string, string>>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.append(name, value);
  return data;
};

describe("a form", () => {
  test("names a record by its code and a packaging by its name", async () => {
    const data = typed({ code: "09521234543213", item: "TEA", packaging: "case" });
    const { payload, wrong } = await fill(shop, form("identifiers"), data, []);
    expect(wrong).toEqual({});
    expect(payload).toEqual({ code: "09521234543213", item: "tea", packaging: "case" });
  });

  test("says which fields are missing or unknown", async () => {
    const data = typed({ code: "", item: "TE", packaging: "" });
    const { wrong } = await fill(shop, form("identifiers"), data, []);
    expect(Object.keys(wrong)).toEqual(["code", "item"]);
  });

  test("leaves what was not filled as it is", async () => {
    const data = typed({ sku: "TEA", name: " Green tea ", weight_g: "250", active: "on" });
    const { payload } = await fill(shop, form("items"), data, [{ name: "", quantity: 1 }]);
    expect(payload).toMatchObject({
      name: "Green tea",
      weight_g: 250,
      volume_ml: null,
      tracking: null,
      active: true,
      stocked: false,
      packagings: [],
    });
  });

  test("collects roles and languages", async () => {
    const data = typed({ code: "wet", kind: "damaged", label_en: "Wet", label_es: "Mojado" });
    const reason = await fill(shop, form("reasons"), data, []);
    expect(reason.payload.label).toEqual({ en: "Wet", es: "Mojado" });
    const roles = typed({ badge: "B", name: "N" });
    roles.append("roles", "picker");
    roles.append("roles", "packer");
    const person = await fill(shop, form("people"), roles, []);
    expect(person.payload.roles).toEqual(["picker", "packer"]);
  });

  test("reads what a label bears, however it is written; nothing is forgotten", async () => {
    for (const label of ["(01) (17) (10)", "01|17|10", "01 17,10"]) {
      const data = typed({ sku: "TEA", name: "Tea", label_ais: label });
      const { payload, wrong } = await fill(shop, form("items"), data, []);
      expect([payload.label_ais, wrong]).toEqual([["01", "17", "10"], {}]);
    }
    const empty = typed({ code: "S", name: "Maker", company_prefix: "", label_ais: "" });
    const { payload } = await fill(shop, form("suppliers"), empty, []);
    expect(payload).toEqual({ code: "S", name: "Maker", company_prefix: "", label_ais: [] });
  });

  test.each([
    ["label_ais", "01 01"],
    ["label_ais", "01 5"],
    ["label_ais", "lot"],
    ["company_prefix", "952"],
    ["company_prefix", "95212a"],
  ])("says that %s cannot be %s", async (name, value) => {
    const data = typed({ code: "S", name: "Maker", [name]: value });
    const { wrong } = await fill(shop, form("suppliers"), data, []);
    expect(Object.keys(wrong)).toEqual([name]);
  });
});
