// A scan whose separators were lost: syntax cannot repair it, knowledge of the label can.
import { GS, judgeCompany } from "./elements.ts";
import { asRefused, type Elements } from "./reading.ts";
import { IDENTIFIERS } from "./tables.ts";
import { checkValue, identifier } from "./values.ts";

/**
 * Every way to read the text as exactly these AIs in this order; one is an answer.
 * `codes` is what is known of the label of an item or supplier, such as 01, 10, 17.
 */
export function splitWithoutSeparators(text: string, codes: readonly string[]): Elements[] {
  if (new Set(codes).size !== codes.length || !codes.every((code) => IDENTIFIERS.has(code))) {
    return [];
  }
  return splits(text.replaceAll(GS, ""), codes).filter((found) => holds(() => judgeCompany(found)));
}

function splits(text: string, codes: readonly string[]): Elements[] {
  const [code, ...later] = codes;
  if (code === undefined) {
    return text === "" ? [[]] : [];
  }
  if (!text.startsWith(code)) {
    return [];
  }
  const ai = identifier(code);
  const rest = text.slice(code.length);
  const found: Elements[] = [];
  for (let length = ai.shortest; length <= Math.min(ai.longest, rest.length); length += 1) {
    const value = rest.slice(0, length);
    if ((later.length > 0 || length === rest.length) && holds(() => checkValue(ai, value))) {
      for (const tail of splits(rest.slice(length), later)) {
        found.push([[code, value], ...tail]);
      }
    }
  }
  return found;
}

function holds(judgement: () => unknown): boolean {
  try {
    judgement();
    return true;
  } catch (thrown) {
    return asRefused(thrown) === null;
  }
}
