// Weights, lengths and volumes: the last digit of the AI says where the decimal point is.
import type { Elements } from "./reading.ts";
import { UNITS } from "./tables.ts";

/** An amount (decimal text) in a unit of UN/ECE Recommendation 20. */
export interface Measure {
  readonly ai: string;
  readonly amount: string;
  readonly unit: string;
}

/** The measures among these elements: ["3103", "001750"] is 1.750 KGM. */
export function measures(elements: Elements): Measure[] {
  return elements.flatMap(([ai, value]) => {
    const unit = ai.length === 4 ? UNITS.get(ai.slice(0, 3)) : undefined;
    return unit === undefined ? [] : [{ ai, amount: pointed(value, Number(ai.charAt(3))), unit }];
  });
}

function pointed(digits: string, decimals: number): string {
  const padded = digits.padStart(decimals + 1, "0");
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=[0-9])/, "");
  return decimals === 0 ? whole : `${whole}.${padded.slice(-decimals)}`;
}
