/** What a code means that did not fit on this handheld: asked for once, for no longer than a second. */
import type { Device, Lent } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import type { Resolved } from "../domain/resolved.ts";

const PATIENCE_MS = 1_000;

/** Whether anybody could know what this handheld does not. */
export const worthAsking = (resolved: Resolved, device: Device): boolean =>
  resolved.type === "unknown" &&
  device.queue.value.leftOut > 0 &&
  device.queue.value.link !== "offline";

/** The same scan once more, with what the server has said of it. */
export async function borrowed(scan: Scan, device: Device): Promise<Resolved> {
  const { data, symbology } = scan;
  const read = new URLSearchParams({ data });
  if (symbology?.startsWith("]")) read.set("symbology", symbology);
  const answer = await Promise.race([
    device.api.get(`/sync/rows?${read}`),
    new Promise<null>((late) => setTimeout(() => late(null), PATIENCE_MS)),
  ]);
  if (answer?.ok) device.replica.lend(rowsOf(answer.body));
  return device.replica.resolve(scan);
}

function rowsOf(body: unknown): readonly Lent[] {
  const rows = (body as { readonly rows?: unknown } | null)?.rows;
  return Array.isArray(rows) ? rows.filter(isLent) : [];
}

const isLent = (row: unknown): row is Lent => {
  const { entity, id, row: body } = row as Partial<Lent>;
  return typeof entity === "string" && typeof id === "string" && typeof body === "object";
};
