/** Unlocking without network: who logged in here online may come back with the same PIN until the grant ends. */
import type { GrantRecord, PersonRecord } from "../storage.ts";

const ROUNDS = 310_000;
const FREE_TRIES = 5;
const FIRST_BLOCK_MS = 30_000;

const ENCODER = new TextEncoder();

/** PBKDF2 of the PIN, then HMAC with a key that never leaves this device. */
async function proof(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
): Promise<ArrayBuffer> {
  const material = await crypto.subtle.importKey("raw", ENCODER.encode(pin), "PBKDF2", false, [
    "deriveBits",
  ]);
  const parameters = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  const bits = await crypto.subtle.deriveBits(parameters, material, 256);
  return await crypto.subtle.sign("HMAC", key, bits);
}

/** Null where the page is not secure: then there is no offline login. */
export async function verifier(
  badge: string,
  pin: string,
  person: PersonRecord,
): Promise<GrantRecord | null> {
  if (globalThis.crypto?.subtle === undefined) return null;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const hmac: HmacKeyGenParams = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.generateKey(hmac, false, ["sign"]);
  return {
    badge,
    person,
    salt,
    key,
    verifier: await proof(pin, salt, key),
    tries: 0,
    blockedUntil: 0,
  };
}

export type Unlocking = "unlocked" | "wrong_pin" | "blocked" | "grant_ended";

function same(a: ArrayBuffer, b: ArrayBuffer): boolean {
  const [x, y] = [new Uint8Array(a), new Uint8Array(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}

/** The answer and the record to keep; after five wrong PINs each further try waits twice as long. */
export async function unlock(
  record: GrantRecord,
  pin: string,
  now: number,
): Promise<{ readonly answer: Unlocking; readonly record: GrantRecord }> {
  if (now >= (record.person.expires_at ?? 0)) return { answer: "grant_ended", record };
  if (now < record.blockedUntil) return { answer: "blocked", record };
  if (same(await proof(pin, record.salt, record.key), record.verifier)) {
    return { answer: "unlocked", record: { ...record, tries: 0, blockedUntil: 0 } };
  }
  const tries = record.tries + 1;
  const over = tries - FREE_TRIES;
  const blockedUntil = over < 0 ? 0 : now + FIRST_BLOCK_MS * 2 ** Math.min(over, 10);
  return { answer: "wrong_pin", record: { ...record, tries, blockedUntil } };
}
