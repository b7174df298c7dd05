import { describe, expect, test } from "vitest";
import { fingerprint, hex, sha1 } from "./digest.ts";
import { headAt, newEpoch, read, reseat, seatAfter, write } from "./envelope.ts";
import { newId, uuid5, uuid7 } from "./ids.ts";
import vectors from "./vectors/ids.json" with { type: "json" };

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe("digest", () => {
  test.each(vectors.sha256)("SHA-256 of $text.length characters", ({ text, hex: expected }) => {
    expect(fingerprint(text)).toBe(expected);
  });

  test.each(vectors.sha1)("SHA-1 of $text.length characters", ({ text, hex: expected }) => {
    expect(hex(sha1(utf8(text)))).toBe(expected);
  });

  test("agrees with WebCrypto at every length around block ends", async () => {
    for (let length = 0; length < 200; length++) {
      const bytes = crypto.getRandomValues(new Uint8Array(length));
      const ours = hex(sha1(bytes));
      expect(ours).toBe(hex(new Uint8Array(await crypto.subtle.digest("SHA-1", bytes))));
      const text = "é".repeat(length);
      const theirs = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(text)));
      expect(fingerprint(text)).toBe(hex(theirs));
    }
  });
});

describe("ids", () => {
  test.each(vectors.uuid5)("$of $name derives to the server's id", ({ namespace, name, id }) => {
    expect(uuid5(namespace, name)).toBe(id);
  });

  test("a new id carries its millisecond, version 7 and variant 2", () => {
    const id = uuid7(0x0193_5a00_1234, new Uint8Array(10).fill(0xff));
    expect(id).toBe("01935a00-1234-7fff-bfff-ffffffffffff");
  });

  test("new ids are different and in time order", () => {
    const [first, second] = [newId(1_763_760_000_000), newId(1_763_760_000_001)];
    expect(first < second).toBe(true);
    expect(new Set(Array.from({ length: 1000 }, () => newId())).size).toBe(1000);
  });
});

describe("the chain", () => {
  test("each envelope names the hash of the one before", () => {
    let head = newEpoch(1);
    for (const { text, sha256 } of vectors.chain) {
      expect(read(text)).toMatchObject(seatAfter(head));
      head = headAt(seatAfter(head), text);
      expect(head.hash).toBe(sha256);
    }
  });

  test("is written as Python writes it", () => {
    for (const { text } of vectors.chain) {
      const { v: _v, epoch, seq, prev, kind_v: _kind, ...letter } = read(text);
      expect(write(letter, { epoch, seq, prev })).toBe(text);
    }
  });

  test("a rotation changes epoch, seq and prev and nothing else", () => {
    let head = newEpoch(vectors.rotated.epoch);
    for (const [i, { text }] of vectors.chain.entries()) {
      const moved = reseat(text, seatAfter(head));
      expect(moved).toBe(vectors.rotated.texts[i]?.text);
      head = headAt(seatAfter(head), moved);
    }
  });
});
