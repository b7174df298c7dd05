// GS1 element strings, as scanned (with separators) and as printed (with brackets).
import { type Element, type Elements, Refused } from "./reading.ts";
import { IDENTIFIERS } from "./tables.ts";
import { checkValue, identifier } from "./values.ts";

export const GS = "\x1d";

/** Split a scanned string; one separator may lead, and follow any value. */
export function readElements(text: string): Elements {
  let at = text.startsWith(GS) ? 1 : 0;
  const elements: Element[] = [];
  while (at < text.length) {
    const code = codeAt(text, at);
    const start = at + code.length;
    const end = endOfValue(code, text, start);
    const value = text.slice(start, end);
    checkValue(identifier(code), value);
    elements.push([code, value]);
    at = text.charAt(end) === GS ? end + 1 : end;
  }
  if (elements.length === 0) {
    throw new Refused("empty", "There is nothing in this scan.");
  }
  return elements;
}

function codeAt(text: string, at: number): string {
  const code = [2, 3, 4]
    .map((length) => text.slice(at, at + length))
    .find((candidate) => IDENTIFIERS.has(candidate));
  if (code === undefined) {
    throw new Refused("unknown_ai", "The scan does not continue with an application identifier.");
  }
  return code;
}

/** Predefined lengths end by themselves, everything else at a separator or the end. */
function endOfValue(code: string, text: string, start: number): number {
  const ai = identifier(code);
  if (ai.predefined) {
    return Math.min(start + ai.longest, text.length);
  }
  const end = text.indexOf(GS, start);
  return end < 0 ? text.length : end;
}

/** Split the human-readable form; a bracket inside a value is written `\(`. */
export function readBracketed(text: string): Elements {
  const pair = /\(([0-9]{2,4})\)((?:[^(\\]|\\\(|\\(?!\())+)/y;
  const elements: Element[] = [];
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text);
    if (found === null) {
      throw new Refused("brackets", "Brackets do not enclose application identifiers here.");
    }
    const code = found[1] ?? "";
    const value = (found[2] ?? "").replaceAll("\\(", "(");
    checkValue(identifier(code), value);
    elements.push([code, value]);
  }
  return elements;
}

/** Refuse AIs that may not meet; warn of AIs whose companion is missing. */
export function judgeCompany(elements: Elements): readonly string[] {
  const seen = new Map<string, string>();
  for (const [code, value] of elements) {
    if ((seen.get(code) ?? value) !== value) {
      throw new Refused("repeated", `(${code}) occurs twice with different values.`);
    }
    seen.set(code, value);
  }
  for (const code of seen.keys()) {
    const met = [...seen.keys()].find((other) => identifier(code).excludes.has(other));
    if (met !== undefined) {
      throw new Refused("exclusive", `(${code}) and (${met}) exclude each other.`);
    }
  }
  const complete = [...seen.keys()].every((code) => hasCompany(code, seen));
  return complete ? [] : ["identification.association"];
}

function hasCompany(code: string, seen: ReadonlyMap<string, string>): boolean {
  return identifier(code).needs.every((rule) =>
    rule.some((companions) =>
      companions.every((group) => [...seen.keys()].some((other) => group.has(other))),
    ),
  );
}
