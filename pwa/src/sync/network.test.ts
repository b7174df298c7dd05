import { afterEach, describe, expect, test, vi } from "vitest";
import { overFetch, type Question } from "./network.ts";

const push = (body: string): Question => ({
  method: "POST",
  path: "/sync/push",
  headers: { "Content-Type": "application/json" },
  body,
});

/** What goes over the wire, as the other end would see it. */
async function sent(question: Question): Promise<{ headers: Headers; text: string; size: number }> {
  const asked = vi.fn<typeof fetch>(async () => new Response("{}"));
  vi.stubGlobal("fetch", asked);
  await overFetch(question);
  const [, init] = asked.mock.calls[0] ?? [];
  const request = new Request("http://site.test/", { method: "POST", ...init, signal: null });
  const bytes = await request.arrayBuffer();
  const packed = request.headers.get("Content-Encoding") === "gzip";
  const body = new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip"));
  const text = packed ? await new Response(body).text() : new TextDecoder().decode(bytes);
  return { headers: request.headers, text, size: bytes.byteLength };
}

const LONG = JSON.stringify({
  ops: Array.from({ length: 200 }, (_, n) => `"ñ–${n}" of the morning`),
});

describe("what is sent", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("long bodies go out compressed and arrive as they were", async () => {
    const { headers, text, size } = await sent(push(LONG));
    expect(headers.get("Content-Encoding")).toBe("gzip");
    expect(headers.get("Content-Type")).toBe("application/json");
    expect(text).toBe(LONG);
    expect(size).toBeLessThan(LONG.length / 2);
  });

  test("short ones go out as they are", async () => {
    const { headers, text } = await sent(push("{}"));
    expect(headers.get("Content-Encoding")).toBeNull();
    expect(text).toBe("{}");
  });

  test("a browser that cannot compress sends plain text", async () => {
    const inflate = DecompressionStream;
    vi.stubGlobal("CompressionStream", undefined);
    vi.stubGlobal("DecompressionStream", inflate);
    const { headers, text } = await sent(push(LONG));
    expect(headers.get("Content-Encoding")).toBeNull();
    expect(text).toBe(LONG);
  });

  test("no answer is told from an unreadable one", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("cut")));
    expect(await overFetch(push("{}"))).toBeNull();
    vi.stubGlobal("fetch", async () => new Response("<h1>Welcome</h1>"));
    expect(await overFetch(push("{}"))).toMatchObject({ status: 200, body: undefined });
  });
});
