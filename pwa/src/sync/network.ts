/** The wire: one question, one answer or none. */

export interface Question {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /api/v1, e.g. "/sync/push". */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Reply {
  readonly status: number;
  /** Parsed JSON; undefined when there was none or it could not be read. */
  readonly body: unknown;
  readonly retryAfter: number | null;
}

/** Null: no answer came (offline, cut, time-out). Never rejects. */
export type Wire = (question: Question) => Promise<Reply | null>;

const TIME_OUT_MS = 30_000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Below this, packing costs more than it saves. */
const WORTH_PACKING = 4 * 1024;

type Packed = Pick<RequestInit, "headers" | "body">;

/** A queue of a morning is mostly repetition; a tenth of it crosses a weak network sooner. */
async function packed(
  headers: Readonly<Record<string, string>>,
  body: string | null,
): Promise<Packed> {
  const plain = body === null || body.length <= WORTH_PACKING;
  if (plain || typeof CompressionStream === "undefined") return { headers, body };
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
  return {
    headers: { ...headers, "Content-Encoding": "gzip" },
    body: await new Response(stream).arrayBuffer(),
  };
}

/** As `AbortSignal.timeout`, which the oldest supported browsers lack. */
function timeOut(ms: number): AbortSignal {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), ms);
  return abort.signal;
}

export const overFetch: Wire = async ({ method, path, headers, body }) => {
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      ...(await packed(headers, body)),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: timeOut(TIME_OUT_MS),
    });
    const text = await response.text();
    const seconds = Number(response.headers.get("Retry-After"));
    return {
      status: response.status,
      body: parsed(text),
      retryAfter: seconds > 0 ? seconds * 1000 : null,
    };
  } catch {
    // fetch tells offline, cut and timed out apart only by prose.
    return null;
  }
};

/** The stable code of a problem answer, or one made from its status. */
export function problemCode(reply: Reply): string {
  const code = field(reply.body, "code");
  return typeof code === "string" ? code : `http.${reply.status}`;
}

export function field(body: unknown, name: string): unknown {
  if (typeof body !== "object" || body === null) return undefined;
  return (body as Record<string, unknown>)[name];
}

export function integer(body: unknown, name: string): number | null {
  const value = field(body, name);
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}
