/** The app's own core as a step machine: one command a line in, what came of it a line out. */
import { createInterface } from "node:readline";
import type { AnyDraft } from "../../domain/operation.ts";
import { Held } from "../../replica/held.ts";
import { differing, said } from "../../replica/sums.ts";
import { install as installChance } from "./chance.ts";
import { type Crash, Disk } from "./disk.ts";
import { disks, install as installDisks } from "./indexeddb.ts";
import { settled } from "./pump.ts";
import { type Hand, type Instant, Scanner } from "./scanner.ts";

interface Command {
  readonly do: keyof typeof COMMANDS | "seed";
  readonly n: string;
  readonly at: Instant;
  readonly tab: number;
  readonly crash: Crash | null;
  /** Nothing more goes onto the disk during this. */
  readonly full: boolean;
  readonly more: never;
}

const scanners = new Map<string, Scanner>();
const images = new Map<string, Disk>();
const problems: string[] = [];
let seed = "";

const COMMANDS = {
  /** A handheld as it is handed over: enrolled, as the server answered it then. */
  async make(scanner: Scanner, { welcome, tabs }: { welcome: unknown; tabs: number }) {
    scanner.tabs = tabs;
    await scanner.start();
    scanner.line.open = true;
    scanner.enrol("CODE");
    await settled();
    scanner.line.hear({ status: 201, body: welcome, retryAfter: null });
    scanner.line.open = false;
    await settled();
    scanner.line.hangUp();
    await settled();
  },
  async start(scanner: Scanner) {
    await scanner.start();
  },
  async record(scanner: Scanner, { hand, draft }: { hand: Hand; draft: AnyDraft }) {
    const able = await scanner.takenUp(hand);
    return { able, tone: able && (await scanner.record(draft)) };
  },
  /** Whoever is at work signs off; what is unsent stays. */
  async leave(scanner: Scanner) {
    scanner.page.logout().catch(() => undefined);
    await settled();
  },
  async knows(scanner: Scanner, { operation }: { operation: string }) {
    return scanner.knows(operation);
  },
  async begin(scanner: Scanner, { code }: { code: string | null }) {
    await scanner.begin(code);
  },
  async hear(scanner: Scanner, told: { status: number | null; body: unknown }) {
    await scanner.hear(told.status, told.body ?? undefined);
  },
  async twin(scanner: Scanner, { n, label }: { n: string; label: string }) {
    scanners.set(n, scanner.twin(n, label, seed));
  },
  async image(scanner: Scanner, { image }: { image: string }) {
    images.set(image, scanner.disk.image());
  },
  /** What was on the disk, answered for or not, goes with it. */
  async put(scanner: Scanner, told: { image: string | null; witness: boolean }) {
    const gone = scanner.entries();
    scanner.put((told.image && images.get(told.image)) || new Disk(), told.witness);
    const kept = new Set(scanner.entries().map(({ id }) => id));
    const unsent = gone.filter(({ state }) => state === "queued" || state === "sent");
    await scanner.start();
    return { gone: unsent.filter(({ id }) => !kept.has(id)).map(({ text }) => text) };
  },
  async save(scanner: Scanner) {
    const saved = scanner.page.exportQueue();
    await settled();
    return { file: await (await saved).text() };
  },
  async receive(scanner: Scanner, { file }: { file: string }) {
    scanner.receive(file);
  },
  async history(scanner: Scanner) {
    const rows = scanner.entries().map(({ device, epoch, seq, text, state, outcome }) => {
      return { device, epoch, seq, text, named: outcome !== null && state !== "queued" };
    });
    return { rows };
  },
  /** Whether the disk, the memory and the screen agree. */
  async inspect(scanner: Scanner) {
    const mark = scanner.fact("pull") as { store: string } | undefined;
    const kept = new Held();
    kept.apply(
      (scanner.disk.tables.get(mark?.store ?? "rows_a")?.all() ?? []).map(
        ({ value }) => value as never,
      ),
    );
    const sums = Object.fromEntries([...kept.sums()].map(([name, sum]) => [name, said(sum)]));
    return { wrong: scanner.pages.flatMap(({ replica }) => differing(replica.held.sums(), sums)) };
  },
} as const;

function status(scanner: Scanner): object {
  const page = scanner.disk.crashed ? null : scanner.talking;
  const states = scanner.entries().map(({ state }) => state);
  const enrolment = scanner.fact("enrolment") as { device: string } | undefined;
  return {
    device: enrolment?.device ?? null,
    pending: states.filter((state) => state === "queued" || state === "sent").length,
    acked: states.filter((state) => state === "acked").length,
    rotation: scanner.fact("rotation") !== undefined,
    files: scanner.files,
    enrolled: scanner.enrolled,
    shown: page ? scanner.pages.map(({ queue }) => queue.value.unsent) : [],
    link: page?.queue.value.link ?? "unknown",
    trouble: page?.queue.value.trouble?.code ?? null,
  };
}

/** Nothing of another seed is left. */
function begin(next: string): object {
  seed = next;
  for (const scanner of scanners.values()) scanner.stop();
  scanners.clear();
  images.clear();
  disks.clear();
  return { problems: problems.splice(0) };
}

async function obey(command: Command): Promise<object> {
  if (command.do === "seed") return begin(command.n);
  const scanner = scanners.get(command.n) ?? new Scanner(command.n, command.n, seed);
  scanners.set(command.n, scanner);
  scanner.pass(command.at, command.tab);
  scanner.disk.arm(command.crash);
  scanner.disk.full = command.full;
  const found = await COMMANDS[command.do](scanner, command.more);
  const { crashed } = scanner.disk;
  scanner.disk.arm(null);
  scanner.disk.full = false;
  const ask = crashed ? null : scanner.line.ask;
  const reply = {
    ...found,
    crashed,
    ask,
    status: status(scanner),
    problems: problems.splice(0),
  };
  scanner.disk.crashed = null;
  return reply;
}

const told = (failure: unknown): string =>
  failure instanceof Error ? `${failure.stack}` : String(failure);

installDisks();
installChance();
Object.assign(globalThis, { __VERSION__: "1.0.0" });
process.on("unhandledRejection", (failure) => {
  problems.push(told(failure));
});
for await (const line of createInterface({ input: process.stdin })) {
  let reply: object;
  try {
    reply = await obey(JSON.parse(line) as Command);
  } catch (failure) {
    reply = { failed: [told(failure), ...problems.splice(0)].join("\n") };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
