/** A server that speaks the contract, for tests: journals, channels, answers; faults on demand. */
import { fingerprint } from "../domain/digest.ts";
import { type Envelope, NO_PREVIOUS, read } from "../domain/envelope.ts";
import type { Outcome } from "../domain/operation.ts";
import type { Change } from "../replica/held.ts";
import { count, type Sum, said } from "../replica/sums.ts";
import type { Question, Reply, Wire } from "../sync/network.ts";

interface Journal {
  readonly ops: { readonly text: string; readonly commit: number }[];
}

interface PushBody {
  readonly device: string;
  readonly epoch: number;
  readonly first_seq: number;
  readonly ops: readonly string[];
  readonly head_seq: number;
  readonly parked: boolean;
  readonly has_more: boolean;
  readonly clock: unknown;
}

export interface Person {
  readonly badge: string;
  readonly pin: string;
  readonly id: string;
  readonly name: string;
}

const problem = (status: number, code: string, facts: object = {}): Reply => ({
  status,
  body: { type: "about:blank", title: code, status, code, ...facts },
  retryAfter: null,
});

const ok = (body: unknown): Reply => ({ status: 200, body, retryAfter: null });

export class Server {
  readonly site = { id: "018f5c1e-7b1a-7c33-9d2e-0a1b2c3d4e5f", code: "HQ", name: "Main" };
  device = "018f5c1e-7b1a-7c33-8000-0000000000d1";
  readonly questions: { readonly path: string; readonly body: unknown }[] = [];
  readonly people: Person[] = [];
  readonly rows = new Map<string, Change>();
  incarnation = "inc-1";
  credential = "secret-1";
  epoch = 1;
  commit = 0;
  /** Answers before it: null is no answer at all. */
  fault: (question: Question) => Reply | null | undefined = () => undefined;
  /** Answers that are thrown away after the work was done. */
  lost: (question: Question) => boolean = () => false;
  /** At most this many operations are decided in one push. */
  prefix = Number.POSITIVE_INFINITY;
  outcome: (envelope: Envelope) => Outcome = () => "applied";
  /** What an applied operation changes in the channels. */
  effect: (envelope: Envelope) => void = () => undefined;
  minApp = "0.0.0";
  /** What work brings along with the next page, and how much is left out. */
  asked: Change[] = [];
  leftOut: number | undefined;
  pageSize = 500;
  journals = new Map<number, Journal>();
  rotations = new Map<string, number>();
  /** Journals of devices that this one was before. */
  readonly former = new Map<string, Map<number, Journal>>();
  clock = (): number => 1_763_760_000_000;

  readonly wire: Wire = (question) => {
    const body = question.body === null ? null : (JSON.parse(question.body) as unknown);
    const faulty = this.fault(question);
    if (faulty !== undefined) return Promise.resolve(faulty);
    this.questions.push({ path: question.path, body });
    const reply = this.#answer(question, body);
    return Promise.resolve(this.lost(question) ? null : JSON.parse(JSON.stringify(reply)));
  };

  put(channel: string, entity: string, row: { readonly id: string }): void {
    this.commit++;
    const change = { channel, entity, id: row.id, seq: this.commit, row };
    this.rows.set(`${channel}|${entity}|${row.id}`, change);
  }

  remove(channel: string, entity: string, id: string): void {
    this.commit++;
    const change = { channel, entity, id, seq: this.commit, row: null };
    this.rows.set(`${channel}|${entity}|${id}`, change);
  }

  /** Back to an older state, as from a backup: the first `keep` operations survive. */
  restore(keep: number): void {
    this.incarnation = `${this.incarnation}+`;
    const named = [this.journals, ...this.former.values()];
    const journals = named.flatMap((one) => [...one.values()]);
    const commits = journals.flatMap(({ ops }) => ops.map((op) => op.commit));
    const last = commits.sort((a, b) => a - b)[keep - 1] ?? 0;
    for (const { ops } of journals) {
      ops.splice(ops.filter((op) => op.commit <= last).length);
    }
  }

  /** Its name belongs to its twin: whoever enrols next is somebody else. */
  giveAnotherName(device: string): void {
    this.former.set(this.device, this.journals);
    this.journals = new Map();
    this.device = device;
    this.credential = `secret of ${device}`;
    this.epoch = 1;
  }

  journal(epoch: number): Journal {
    let journal = this.journals.get(epoch);
    if (!journal) {
      journal = { ops: [] };
      this.journals.set(epoch, journal);
    }
    return journal;
  }

  /** Ids applied, in the order the server learned them, each once. */
  applied(): string[] {
    const named = [this.journals, ...this.former.values()];
    const all = named.flatMap((journals) => [...journals.values()]).flatMap(({ ops }) => ops);
    all.sort((a, b) => a.commit - b.commit);
    return [...new Set(all.map((op) => read(op.text).id))];
  }

  #answer(question: Question, body: unknown): Reply {
    const [path, query = ""] = question.path.split("?");
    if (path === "/devices") return this.#enrol();
    if (path === "/session") return this.#session(question, body);
    const credential = question.headers.Authorization;
    if (credential !== `Device ${this.credential}`) return problem(401, "device.unknown");
    if (path === "/sync/push") return this.#push(body as PushBody);
    if (path === "/sync/rescue") return this.#inItsName(body, () => this.#push(body as PushBody));
    if (path === "/sync/rotate") {
      return this.#inItsName(body, () => this.#rotate(body as { rotation: string }));
    }
    if (path === "/sync/pull") return this.#pull(new URLSearchParams(query));
    return problem(404, "http.not_found");
  }

  /** A device that is named may be one from before. */
  #inItsName(body: unknown, work: () => Reply): Reply {
    const { journals, epoch } = this;
    const former = this.former.get((body as { device?: string }).device ?? "");
    if (!former) return work();
    this.journals = former;
    const reply = work();
    this.journals = journals;
    this.epoch = epoch;
    return reply;
  }

  #enrol(): Reply {
    const epochs = [...this.journals].map(([epoch, { ops }]) => ({
      epoch,
      last_seq: ops.length,
      head_seq: ops.length,
      last_contact_ms: ops.length > 0 ? this.clock() : null,
    }));
    if (epochs.length > 0) this.epoch = Math.max(...this.journals.keys()) + 1;
    this.journal(this.epoch);
    return ok({
      device: this.device,
      epoch: this.epoch,
      credential: this.credential,
      site: this.site,
      org: "org",
      server_time_ms: this.clock(),
      epochs,
    });
  }

  #session(question: Question, body: unknown): Reply {
    if (question.method === "DELETE") return { status: 204, body: undefined, retryAfter: null };
    const asked = body as { badge: string; pin: string } | null;
    const person = this.people.find((one) => one.badge === asked?.badge && one.pin === asked?.pin);
    if (!person) return problem(401, "session.wrong_pin");
    const { id, name } = person;
    const ends = new Date(this.clock() + 12 * 3600 * 1000).toISOString();
    const grant = { id: `grant-${id}`, expires_at: ends };
    return ok({ person: { id, name, roles: ["picker"] }, csrf: "token", grant, expires_at: ends });
  }

  #push(body: PushBody): Reply {
    const { ops } = this.journal(body.epoch);
    const expected_seq = ops.length + 1;
    if (body.ops.length > 0 && body.first_seq > expected_seq) {
      return problem(409, "sync.sequence_gap", { expected_seq, incarnation: this.incarnation });
    }
    const results: object[] = [];
    for (const [i, text] of body.ops.slice(0, this.prefix).entries()) {
      const seq = body.first_seq + i;
      const { id } = read(text);
      const duplicate = this.applied().includes(id);
      if (!this.#take(ops, seq, text)) {
        return problem(409, "sync.rotate_epoch", { epoch: body.epoch, seq });
      }
      const outcome = this.outcome(read(text));
      results.push({
        seq,
        id,
        outcome,
        codes: [],
        commit_seq: ops[seq - 1]?.commit,
        duplicate,
      });
    }
    return ok({
      incarnation: this.incarnation,
      server_time_ms: this.clock(),
      acked_seq: ops.length,
      expected_seq: ops.length + 1,
      results,
      directives: [],
    });
  }

  /** False: another envelope has this place, or it does not follow the one before. */
  #take(ops: Journal["ops"], seq: number, text: string): boolean {
    const known = ops[seq - 1];
    if (known) return known.text === text;
    const before = ops[seq - 2];
    const envelope = read(text);
    if (envelope.prev !== (before ? fingerprint(before.text) : NO_PREVIOUS)) return false;
    const again = this.applied().includes(envelope.id);
    this.commit++;
    ops.push({ text, commit: this.commit });
    if (!again && this.outcome(envelope) !== "refused") this.effect(envelope);
    return true;
  }

  #rotate({ rotation }: { rotation: string }): Reply {
    const known = this.rotations.get(rotation);
    if (known === undefined) {
      this.epoch = Math.max(...this.journals.keys()) + 1;
      this.journal(this.epoch);
      this.rotations.set(rotation, this.epoch);
    }
    return ok({ epoch: this.rotations.get(rotation), expected_seq: 1 });
  }

  #pull(query: URLSearchParams): Reply {
    const [incarnation, at] = (query.get("cursor") ?? "").split(":");
    const known = incarnation === this.incarnation;
    const since = known ? Number(at) : 0;
    const news = [...this.rows.values()]
      .filter((row) => row.seq > since && (known || row.row !== null))
      .sort((a, b) => a.seq - b.seq);
    const page = news.slice(0, this.pageSize);
    const more = news.length > page.length;
    const seq = more ? (page.at(-1)?.seq ?? 0) : this.commit;
    const applied = this.journal(Number(query.get("epoch"))).ops.filter((op) => op.commit <= seq);
    return ok({
      reset: !known,
      changes: page,
      asked: this.asked.splice(0),
      left_out: this.leftOut,
      cursor: `${this.incarnation}:${seq}`,
      base: `${this.incarnation}:${seq}`,
      has_more: more,
      last_applied_seq: applied.length,
      sums: more ? {} : this.sums(),
      server_time_ms: this.clock(),
      min_app: this.minApp,
    });
  }

  sums(): Record<string, { n: number; xor: string }> {
    const sums = new Map<string, Sum>();
    for (const row of this.rows.values()) if (row.row !== null) count(sums, row, 1);
    return Object.fromEntries([...sums].map(([channel, sum]) => [channel, said(sum)]));
  }
}
