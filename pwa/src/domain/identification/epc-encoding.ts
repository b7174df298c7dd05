// From a pure identity to the hex digits of a tag.
import { writeParts } from "./epc-binary.ts";
import { parseKeyParts, partElements } from "./epc-keys.ts";
import { writePlus } from "./epc-plus.ts";
import { wrongData } from "./epc-text.ts";
import { type Element, Refused } from "./reading.ts";
import { PLUS_SCHEMES, SCHEMES } from "./tables.ts";
import { checkValue, identifier } from "./values.ts";

export interface EpcRequest {
  readonly pure: string;
  readonly scheme: string;
  readonly filter: number;
  /** Length of the company prefix, to be checked against the identity. */
  readonly gcp_len?: number | null;
  /** AI and YYMMDD, for DSGTIN+ alone. */
  readonly date?: Element | null;
}

/** The tag's hex digits in whole words. Throws `Refused` for what the scheme cannot hold. */
export function encodeEpc(request: EpcRequest): string {
  const partitioned = [...SCHEMES.values()].find(({ name }) => name === request.scheme);
  const plus = [...PLUS_SCHEMES.values()].find(({ name }) => name === request.scheme);
  const key = (partitioned ?? plus)?.key;
  const [, named, body] = /^urn:epc:id:([a-z]+):([^\n]+)$/i.exec(request.pure) ?? [];
  if (key === undefined || named !== key || body === undefined) {
    throw new Refused("epc_scheme", "The scheme does not take this identity.", "epc");
  }
  if (![0, 1, 2, 3, 4, 5, 6, 7].includes(request.filter)) {
    throw new Refused("epc_range", "A filter is a number from 0 to 7.", "epc");
  }
  const parts = parseKeyParts(key, body);
  if ((request.gcp_len ?? parts.prefix.length) !== parts.prefix.length) {
    throw new Refused("epc_range", "The company prefix has another length.", "epc");
  }
  const elements = partElements(parts);
  for (const [code, value] of elements) {
    checkValue(identifier(code), value);
  }
  if (plus !== undefined) {
    return writePlus(plus, request.filter, elements, request.date ?? null);
  }
  if (partitioned === undefined || request.date) {
    throw wrongData("Only the dated scheme takes a date.");
  }
  return writeParts(partitioned, request.filter, parts);
}
