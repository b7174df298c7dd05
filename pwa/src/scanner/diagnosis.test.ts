import { describe, expect, test } from "vitest";
import { identify } from "../domain/identification/index.ts";
import { diagnosed, type Found, type Piece, piecesOf } from "./diagnosis.ts";
import { compensated, DOUBTFUL, PLAIN, profileFrom, type ScannerProfile } from "./profile.ts";
import type { Stroke, Way } from "./wedge.ts";

const GS = "\x1d";
const CODE = `91YzAqWmi-_/:.()+=?%&"${GS}9203456781`;
const NAMED = `]C1${CODE}`;

const sent = (text: string, more: Partial<Piece> = {}): Piece => ({
  text,
  ended: true,
  way: "keys",
  typed: false,
  ...more,
});
const about = (...pieces: Piece[]) => diagnosed(pieces);
const names = (found: readonly Found[]): string[] => found.map(({ finding }) => finding);
const of = (...pieces: Piece[]): string[] => names(about(...pieces).found);

/** A scanner set to English at a handheld with another keyboard: what each sign becomes. */
const GERMAN: Record<string, string> = {
  y: "z", z: "y", Y: "Z", Z: "Y", "-": "ß", _: "?", "/": "-", ":": "Ö", "(": ")", ")": "=",
  "+": "`", "=": "´", "?": "_", "&": "/", '"': "Ä", "]": "+", "'": "ä", ";": "ö", "*": "(",
  "<": ";", ">": ":",
}; // biome-ignore format: a table
const FRENCH: Record<string, string> = {
  a: "q", q: "a", A: "Q", Q: "A", w: "z", z: "w", W: "Z", Z: "W", m: ",", M: "?", "1": "&",
  "2": "é", "3": '"', "4": "'", "5": "(", "6": "-", "7": "è", "8": "_", "9": "ç", "0": "à",
  "-": ")", _: "°", "/": "!", ":": "/", ".": ":", "(": "9", ")": "0", "?": "§", "%": "5",
  "&": "1", '"': "%", "]": "$", ";": "m", ",": ";", "'": "ù", "*": "8", "<": ".", ">": "/",
}; // biome-ignore format: a table

const typedOn = (table: Record<string, string>, text: string): string =>
  [...text].map((sign) => table[sign] ?? sign).join("");
const inverse = (text: string): string =>
  [...text].map((s) => (s === s.toLowerCase() ? s.toUpperCase() : s.toLowerCase())).join("");

/** The profile that was found, which must be there. */
function profileOf(...pieces: Piece[]): ScannerProfile {
  const { profile, found } = about(...pieces);
  if (profile === null) throw new Error(names(found).join(" "));
  return profile;
}

describe("a scanner that is set up right", () => {
  test.each([NAMED, `]C1${GS}${CODE}`])("leaves nothing to say", (text) => {
    expect(about(sent(text))).toEqual({ found: [], profile: { ...PLAIN, aim: true } });
  });

  test.each<Way>(["text", "paste"])("may inject its text or paste it: %s", (way) => {
    expect(of(sent(NAMED, { way }))).toEqual([]);
  });

  test("may spell the separator in a way that is always understood", () => {
    for (const spelt of ["<GS>", "{GS}", "\u241d"])
      expect(about(sent(NAMED.replace(GS, spelt)))).toEqual({
        found: [],
        profile: { ...PLAIN, aim: true },
      });
  });

  test("is told to name the symbology, if it does not", () => {
    expect(about(sent(CODE))).toEqual({
      found: [{ finding: "aim_off", signs: "" }],
      profile: { ...PLAIN, aim: false },
    });
  });
});

describe("what only the scanner's own configuration helps against", () => {
  const hopeless = (...pieces: Piece[]): string[] => {
    const { found, profile } = about(...pieces);
    expect(profile).toBeNull();
    return names(found);
  };

  test("no suffix", () => {
    expect(hopeless(sent(NAMED, { ended: false }))).toEqual(["no_suffix"]);
  });

  test("GS lost", () => {
    expect(hopeless(sent(NAMED.replace(GS, "")))).toEqual(["gs_lost"]);
  });

  test.each(["-", "029", "G"])("GS replaced by what a lot may hold: %s", (stand) => {
    expect(hopeless(sent(NAMED.replace(GS, stand)))).toEqual(["gs_unsafe"]);
  });

  test("GS sent as Enter cuts the scan where GS stands", () => {
    const [before = "", behind = ""] = NAMED.split(GS);
    expect(hopeless(sent(before), sent(behind))).toEqual(["cut_at_gs"]);
  });

  test("a scan cut in two elsewhere", () => {
    expect(hopeless(sent(NAMED.slice(0, 12)), sent(NAMED.slice(12)))).toEqual(["cut"]);
  });

  test("keys and injected text both on", () => {
    const both: Partial<Piece> = { way: "both" };
    expect(hopeless(sent(NAMED + NAMED, both))).toEqual(["both_ways"]);
    expect(hopeless(sent(NAMED.slice(0, 9) + NAMED + NAMED.slice(9), both))).toEqual(["both_ways"]);
    expect(hopeless(sent([...NAMED].map((s) => s + s).join("")))).toEqual(["both_ways"]);
    expect(hopeless(sent(NAMED, { way: "text" }), sent(NAMED))).toEqual(["both_ways"]);
  });

  test("the code behind itself in one scan", () => {
    expect(hopeless(sent(NAMED + NAMED))).toEqual(["joined"]);
  });

  test("everything in capitals, or everything small", () => {
    expect(hopeless(sent(NAMED.toUpperCase()))).toEqual(["capitals_lost"]);
    expect(hopeless(sent(NAMED.toLowerCase()))).toEqual(["capitals_lost"]);
  });

  test("Caps Lock, since somebody will turn it off again", () => {
    expect(hopeless(sent(inverse(NAMED)))).toEqual(["capitals_inverted"]);
    const german = typedOn({ y: "z", z: "y", Y: "Z", Z: "Y" }, NAMED);
    expect(hopeless(sent(inverse(german)))).toEqual(["capitals_inverted", "layout"]);
  });

  test("a letter that names the symbology in a maker's own way", () => {
    expect(hopeless(sent(`K${CODE}`))).toEqual(["code_id", "aim_off"]);
  });

  test("GS1-128 read as plain Code 128", () => {
    expect(hopeless(sent(`]C0${CODE}`))).toContain("not_gs1");
  });

  test("signs that do not arrive at all", () => {
    const { found } = about(sent(NAMED.replace("=", "").replace("+", "")));
    expect(found).toEqual([{ finding: "signs_lost", signs: "+ =" }]);
  });

  test("two signs that arrive as one", () => {
    expect(hopeless(sent(NAMED.replace("_", "-")))).toEqual(["signs_lost"]);
  });

  test("a keyboard on which other letters moved as well", () => {
    const dvorak: Record<string, string> = { Y: "F", z: ";", q: "'", W: "<", i: "c", '"': "_" };
    const more = { "-": "[", _: "{", "/": "z", ":": "S", ".": "v", "=": "]", "+": "}", "?": "Z" };
    expect(hopeless(sent(typedOn({ ...dvorak, ...more }, CODE)))).toContain("layout_far");
  });

  test("another code", () => {
    for (const other of ["4006381333931", "", "TMP:A-01", "A".repeat(36), `]C1${"01".repeat(20)}`])
      expect(hopeless(sent(other))).toContain("other_code");
  });
});

describe("what this device makes up for", () => {
  test("a prefix and a suffix", () => {
    const text = `~S${NAMED}#!`;
    expect(of(sent(text))).toEqual(["prefix", "suffix"]);
    expect(compensated(profileOf(sent(text)), "~STMP:A-01#!")).toBe("TMP:A-01");
    expect(profileOf(sent(text)).aim).toBe(true);
  });

  test.each(["^]", "|", "~", "^", "#"])("a stand-in for GS: %s", (stand) => {
    const text = NAMED.replace(GS, stand);
    expect(of(sent(text))).toEqual(["gs_replaced"]);
    expect(compensated(profileOf(sent(text)), `]C110L7${stand}21S`)).toBe(`]C110L7${GS}21S`);
  });

  test.each([
    ["German", GERMAN],
    ["French", FRENCH],
  ])("a %s keyboard at an English scanner", (_, table) => {
    const { found, profile } = about(sent(typedOn(table, NAMED)));
    expect(names(found)).toEqual(["layout"]);
    const label = `]C10109521234543213${GS}10Az-9/y_Q:W${GS}21(a).m`;
    expect(compensated(profile ?? PLAIN, typedOn(table, label))).toBe(label);
  });

  test.each(["", "~", "~~>"])(
    "a French keyboard, a prefix %j, a stand-in and a suffix",
    (prefix) => {
      const text = `${prefix}${typedOn(FRENCH, CODE).replace(GS, "|")}#!`;
      const { profile } = about(sent(text));
      expect(profile).toMatchObject({ prefix, separator: "|", suffix: "#!", aim: false });
      const label = typedOn(FRENCH, `10Az-9${GS}21W`).replace(GS, "|");
      expect(compensated(profile ?? PLAIN, `${prefix}${label}#!`)).toBe(`10Az-9${GS}21W`);
    },
  );

  test("a sign that was not on the paper is refused rather than misread", () => {
    const profile = profileOf(sent(typedOn(GERMAN, NAMED)));
    expect(compensated(profile, typedOn(GERMAN, "A*B"))).toBe(`A${DOUBTFUL}B`);
    expect(compensated(profile, typedOn(GERMAN, "A'B"))).toBe(`A${DOUBTFUL}B`);
    expect(identify(`A${DOUBTFUL}B`, null).error?.code).toBe("identification.not_ascii");
  });

  test("the same scan twice in a row", () => {
    expect(of(sent(NAMED), sent(NAMED))).toEqual(["doubled"]);
    expect(profileOf(sent(NAMED), sent(NAMED))).toEqual({ ...PLAIN, aim: true });
  });

  test("a scanner as slow as a person", () => {
    expect(of(sent(NAMED, { typed: true }))).toEqual(["slow"]);
  });

  test("everything at once is said at once", () => {
    const text = `>${typedOn(GERMAN, CODE).replace(GS, "|")}!`;
    expect(of(sent(text, { typed: true }))).toEqual([
      "slow", "gs_replaced", "layout", "prefix", "suffix", "aim_off",
    ]); // biome-ignore format: a list
  });
});

describe("what a trigger brings", () => {
  const key = (name: string, at: number): Stroke => ({
    type: "key", key: name, ctrl: name === GS, alt: false, meta: false, at,
  }); // biome-ignore format: one stroke
  const keys = (text: string, from = 1000, gap = 8): Stroke[] =>
    [...text].map((sign, i) =>
      sign === GS ? { ...key("]", from + i * gap), ctrl: true } : key(sign, from + i * gap),
    ) as Stroke[];

  test("is one piece with its suffix", () => {
    const strokes = [...keys(NAMED), key("Enter", 2000)];
    expect(piecesOf(strokes)).toEqual([sent(NAMED)]);
  });

  test("is a piece without an end where no suffix came", () => {
    expect(piecesOf(keys(NAMED))).toEqual([sent(NAMED, { ended: false })]);
  });

  test("shows keys and text apart", () => {
    const text: Stroke = { type: "text", text: NAMED, at: 1000 };
    const both = piecesOf([text, ...keys(NAMED, 1400), key("Enter", 1800)]);
    expect(both.map(({ way }) => way)).toEqual(["text", "keys"]);
    expect(names(diagnosed(both).found)).toEqual(["both_ways"]);
  });

  test("shows keys and text that run into each other", () => {
    const half = keys(NAMED.slice(0, 10));
    const text: Stroke = { type: "text", text: NAMED, at: 1085 };
    const rest = keys(NAMED.slice(10), 1090);
    const mixed = piecesOf([...half, text, ...rest, key("Enter", 1500)]);
    expect(mixed.map(({ way }) => way)).toEqual(["both"]);
    expect(names(diagnosed(mixed).found)).toEqual(["both_ways"]);
  });

  test("is nothing where nothing was scanned", () => {
    expect(piecesOf([key("Tab", 1), key("Enter", 2)])).toEqual([]);
  });
});

describe("the profile that was kept", () => {
  test("is read back", () => {
    const profile = profileOf(sent(typedOn(GERMAN, `~${NAMED}`)));
    expect(profileFrom(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  });

  test.each([
    null,
    7,
    "x",
    {},
    { prefix: 1 },
    { prefix: "", suffix: "", separator: "x".repeat(99) },
  ])("is none where it is not ours: %j", (kept) => expect(profileFrom(kept)).toEqual(PLAIN));

  test("changes nothing where nothing is to be changed", () => {
    expect(compensated(PLAIN, "]C110Lö*7\u0000")).toBe("]C110Lö*7\u0000");
  });
});
