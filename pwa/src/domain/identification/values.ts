// Whether the value of an AI is one its format allows, part by part, rule by rule.
import { hasCheckDigit, hasCheckPair, hasIbanCheck, isDigits } from "./check-digits.ts";
import { isCoupon, isOffer } from "./coupons.ts";
import { isDate, isDateOrMonth, isLongDate } from "./dates.ts";
import { Refused } from "./reading.ts";
import {
  type ApplicationIdentifier,
  COUNTRIES,
  COUNTRY_CODES,
  CURRENCIES,
  IDENTIFIERS,
  MEDIA_TYPES,
  PACKAGE_TYPES,
  type Part,
} from "./tables.ts";

type Rule = readonly [problem: string, holds: (text: string) => boolean];

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["check", ["check_digit", hasCheckDigit]],
  ["check_pair", ["check_digit", hasCheckPair]],
  ["prefix1", ["company_prefix", (text) => isDigits(text.slice(0, 4)) && text.length > 3]],
  ["prefix2", ["company_prefix", (text) => isDigits(text.slice(1, 5))]],
  ["date", ["date", isDate]],
  ["date0", ["date", isDateOrMonth]],
  ["long_date", ["date", isLongDate]],
  ["time", ["date", (text) => Number(text.slice(0, 2)) < 24 && Number(text.slice(2)) < 60]],
  ["hour", ["date", (text) => Number(text) < 24]],
  ["minute", ["date", (text) => Number(text) < 60]],
  ["second", ["date", (text) => Number(text) < 60]],
  ["country", ["code_list", (text) => COUNTRIES.has(text)]],
  ["country_or_999", ["code_list", (text) => text === "999" || COUNTRIES.has(text)]],
  ["country2", ["code_list", (text) => COUNTRY_CODES.has(text)]],
  ["currency", ["code_list", (text) => CURRENCIES.has(text)]],
  ["media", ["code_list", (text) => MEDIA_TYPES.has(text)]],
  ["package", ["code_list", (text) => PACKAGE_TYPES.has(text)]],
  ["sex", ["code_list", (text) => /^[0129]$/.test(text)]],
  ["winding", ["code_list", (text) => /^[019]$/.test(text)]],
  ["importer", ["charset", (text) => /^[-0-9A-Z_a-z]$/.test(text)]],
  ["escaped", ["value", (text) => !/%(?![0-9A-Fa-f]{2})/.test(text)]],
  ["minus", ["value", (text) => text === "-"]],
  ["flag", ["value", (text) => /^[01]$/.test(text)]],
  ["zero", ["value", (text) => /^0+$/.test(text)]],
  ["nonzero", ["value", (text) => /[^0]/.test(text)]],
  ["piece", ["value", isPiece]],
  ["sequence", ["value", isSequence]],
  ["latitude", ["value", (text) => Number(text) <= 1_800_000_000]],
  ["longitude", ["value", (text) => Number(text) <= 3_600_000_000]],
  ["iban", ["check_digit", isIban]],
  ["no_leading_zero", ["value", (text) => text === "0" || text.charAt(0) !== "0"]],
  ["not_all_digits", ["value", (text) => !isDigits(text)]],
  ["coupon", ["value", (text) => isDigits(text) && isCoupon(text)]],
  ["offer", ["value", (text) => isDigits(text) && isOffer(text)]],
]);

function isPiece(digits: string): boolean {
  const piece = Number(digits.slice(0, 2));
  return piece > 0 && piece <= Number(digits.slice(2));
}

function isSequence(text: string): boolean {
  return /^[1-9]\/[1-9]$/.test(text) && text.charAt(0) <= text.charAt(2);
}

function isIban(text: string): boolean {
  const formed = /^[A-Z]{2}[0-9]{2}[0-9A-Z]+$/.test(text);
  return formed && COUNTRY_CODES.has(text.slice(0, 2)) && hasIbanCheck(text);
}

/** The AI with this number. */
export function identifier(code: string): ApplicationIdentifier {
  const found = IDENTIFIERS.get(code);
  if (found === undefined) {
    throw new Refused("unknown_ai", `There is no application identifier ${code}.`);
  }
  return found;
}

/** Refuse a value its AI does not allow. */
export function checkValue(ai: ApplicationIdentifier, value: string): void {
  if (value.length < ai.shortest || value.length > ai.longest) {
    throw new Refused("length", `(${ai.code}) does not have ${value.length} characters.`);
  }
  let at = 0;
  for (const part of ai.parts) {
    const piece = value.slice(at, at + part.longest);
    if (piece === "" && part.optional) {
      return;
    }
    checkPart(ai.code, part, piece);
    at += piece.length;
  }
}

function checkPart(code: string, part: Part, piece: string): void {
  if (![...piece].every((character) => part.characters.has(character))) {
    throw new Refused("charset", `(${code}) holds a character it may not.`);
  }
  if (piece.length < part.shortest) {
    throw new Refused("length", `(${code}) is incomplete.`);
  }
  if (part.charset === "Z" && !/^[^=]*={0,2}$/.test(piece)) {
    throw new Refused("charset", `(${code}) is not base64url.`);
  }
  for (const name of part.rules) {
    const [problem, holds] = RULES.get(name) ?? ["value", () => false];
    if (!holds(piece)) {
      throw new Refused(problem, `(${code}) is not valid: ${name.replaceAll("_", " ")}.`);
    }
  }
}
