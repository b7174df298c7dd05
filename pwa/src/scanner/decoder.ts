/** Codes in a picture. The decoder is our own file, so that it works without network and under a strict policy. */
import { prepareZXingModule, type ReaderOptions, readBarcodes } from "zxing-wasm/reader";
import type { Scan } from "../domain/operation.ts";

const OPTIONS: ReaderOptions = {
  formats: ["EAN13", "EAN8", "UPCA", "UPCE", "Code128", "ITF", "Code39", "DataMatrix", "QRCode"],
  tryHarder: true,
  tryRotate: true,
  maxNumberOfSymbols: 4,
  textMode: "Plain",
};

/** Bars are read along lines and across them; every other picture is turned, so that a slanted code is read too. */
const TURNS = [0, 30, 0, -30] as const;
export const turnOf = (picture: number): number => TURNS[picture % TURNS.length] ?? 0;

/** Where the decoder is, or the decoder itself. */
export type Decoder = { readonly url: string } | { readonly bytes: ArrayBuffer };

let ready: Promise<void> | null = null;

/** Once a page: the decoder is compiled when it is first wanted, and asked for again when that failed. */
export function prepare(decoder: Decoder): Promise<void> {
  ready ??= load(decoder).catch((failure: unknown) => {
    ready = null;
    throw failure;
  });
  return ready;
}

async function load(decoder: Decoder): Promise<void> {
  const overrides =
    "url" in decoder ? { locateFile: () => decoder.url } : { wasmBinary: decoder.bytes };
  await prepareZXingModule({ overrides, fireImmediately: true });
}

/** Every code that can be read whole, with the symbology the decoder saw. */
export async function scansIn(picture: ImageData): Promise<Scan[]> {
  const found = await readBarcodes(picture, OPTIONS);
  return found
    .filter((one) => one.isValid && one.text !== "")
    .map((one) => ({ data: one.text, symbology: one.symbologyIdentifier || null }));
}
