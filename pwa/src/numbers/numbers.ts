/** Numbers for new units: blocks fetched while there is a network, given out without one. */
import { checkDigit } from "../domain/identification/check-digits.ts";
import { type Block, factIn, putFact, type Storage, writing } from "../storage.ts";
import { field, integer, type Wire } from "../sync/network.ts";

/** Below this another block is fetched: enough for a shift without a network. */
const FEW = 100;
const OWN_DIGITS = 7;
const SSCC_PAYLOAD = 17;

const left = (block: Block): number => block.size - block.used;

/** One number as it is printed; the same rule as on the server. */
export function spelled({ kind, prefix }: Pick<Block, "kind" | "prefix">, n: number): string {
  if (kind === "lpn") {
    return `${prefix}${`${n}`.padStart(OWN_DIGITS, "0")}`;
  }
  const payload = `${prefix}${`${n}`.padStart(SSCC_PAYLOAD - prefix.length, "0")}`;
  return payload + checkDigit(payload);
}

/** The next number, an SSCC where the site has them. It is gone when this resolves, also after a crash. */
export async function take(storage: Storage, device: string): Promise<string | null> {
  return await writing(storage, ["facts"], async (tx) => {
    const blocks = (await factIn(tx, "numbers")) ?? [];
    const usable = blocks.filter((block) => block.device === device && left(block) > 0);
    const block = usable.find(({ kind }) => kind === "sscc") ?? usable[0];
    if (!block) return null;
    await putFact(
      tx,
      "numbers",
      blocks.map((one) => (one === block ? { ...one, used: one.used + 1 } : one)),
    );
    return spelled(block, block.first + block.used);
  });
}

/** Who fetches blocks, and with what right. */
interface Identity {
  readonly device: string;
  readonly credential: string;
}

/**
 * Fetches another block of each kind that runs low; without an answer it is tried again later.
 * `refused`: what the server has said no to, since this start; a site may have no GS1 prefix.
 */
export async function refill(
  storage: Storage,
  wire: Wire,
  who: Identity,
  refused: Set<string>,
): Promise<void> {
  const blocks = await known(storage, who.device);
  for (const kind of ["lpn", "sscc"] as const) {
    const own = blocks.filter((block) => block.kind === kind);
    const rest = own.reduce((sum, block) => sum + left(block), 0);
    if (rest < FEW && !refused.has(markOf(who, kind))) {
      await fetchBlock(storage, wire, who, kind, own.at(-1)?.id ?? null, refused);
    }
  }
}

const markOf = ({ device }: Identity, kind: string): string => `${device} ${kind}`;

async function known(storage: Storage, device: string): Promise<readonly Block[]> {
  const blocks = ((await storage.get("facts", "numbers")) ?? []) as readonly Block[];
  return blocks.filter((block) => block.device === device);
}

async function fetchBlock(
  storage: Storage,
  wire: Wire,
  who: Identity,
  kind: Block["kind"],
  after: string | null,
  refused: Set<string>,
): Promise<void> {
  const reply = await wire({
    method: "POST",
    path: "/labels/numbers",
    headers: { "Content-Type": "application/json", Authorization: `Device ${who.credential}` },
    body: JSON.stringify({ kind, after }),
  });
  if (reply?.status === 422) refused.add(markOf(who, kind));
  const given = reply?.status === 200 ? block(reply.body, who.device, kind) : null;
  if (given) {
    await writing(storage, ["facts"], async (tx) => {
      const held = (await factIn(tx, "numbers")) ?? [];
      if (held.some((one) => one.id === given.id)) return;
      const useful = held.filter((one, n) => left(one) > 0 || isNewest(held, n));
      await putFact(tx, "numbers", [...useful, given]);
    });
  }
}

/** The newest block of a kind is remembered although it is used up: it says where to go on. */
const isNewest = (blocks: readonly Block[], at: number): boolean =>
  !blocks.slice(at + 1).some((later) => later.kind === blocks[at]?.kind);

function block(answer: unknown, device: string, kind: Block["kind"]): Block | null {
  const told = field(answer, "block");
  const [id, prefix] = [field(told, "id"), field(told, "prefix")];
  const [first, size] = [integer(told, "first"), integer(told, "size")];
  return typeof id === "string" && typeof prefix === "string" && first !== null && size !== null
    ? { device, id, kind, prefix, first, size, used: 0 }
    : null;
}
