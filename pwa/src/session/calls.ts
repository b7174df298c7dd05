/** Online calls of screens: the device says where, the session cookie says who. */
import type { Answer, Api, ProblemBody } from "../device.ts";
import { field, type Reply, type Wire } from "../sync/network.ts";

type Method = "GET" | "POST" | "DELETE";

export function answerOf(reply: Reply | null): Answer {
  if (reply === null) return { ok: false, offline: true, problem: null };
  if (reply.status >= 200 && reply.status < 300) {
    return { ok: true, status: reply.status, body: reply.body ?? null };
  }
  return { ok: false, offline: false, problem: problemOf(reply) };
}

function problemOf({ body, status }: Reply): ProblemBody {
  const facts = typeof body === "object" && body !== null ? body : {};
  const code = field(body, "code");
  return {
    title: "",
    ...facts,
    status,
    code: typeof code === "string" ? code : `http.${status}`,
  };
}

export class Calls implements Api {
  readonly #wire: Wire;
  readonly #credential: () => string | null;
  #csrf: string | null = null;
  #ended: () => void = () => undefined;
  #foreign: () => boolean = () => false;
  #left: () => void = () => undefined;

  constructor(wire: Wire, credential: () => string | null) {
    this.#wire = wire;
    this.#credential = credential;
  }

  /** From a login; null forgets it. */
  trust(csrf: string | null): void {
    this.#csrf = csrf;
  }

  /** Called when the server has answered that nobody is signed in here any more. */
  whenEnded(listen: () => void): void {
    this.#ended = listen;
  }

  /** The cookie may be of somebody who is not at work here any more; `left`: it is dead. */
  whose(foreign: () => boolean, left: () => void): void {
    this.#foreign = foreign;
    this.#left = left;
  }

  /** Ends the session that the cookie stands for; false while nobody can be asked. */
  async leave(): Promise<boolean> {
    const who = await this.#send("GET", "/session", null);
    const csrf = who.ok ? field(who.body, "csrf") : null;
    this.#csrf = typeof csrf === "string" ? csrf : null;
    const answer = who.ok ? await this.#send("DELETE", "/session", null) : who;
    const gone = answer.ok || answer.problem?.status === 401;
    if (gone) {
      this.#csrf = null;
      this.#left();
    }
    return gone;
  }

  get(path: string): Promise<Answer> {
    return this.#ask("GET", path, null);
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.#write("POST", path, body);
  }

  /** The token is fetched when it is not known: after a reload, or after another tab logged in. */
  async #write(method: Method, path: string, body: unknown): Promise<Answer> {
    const opens = method === "POST" && path === "/session";
    if (this.#csrf === null && !opens) await this.#fetchToken();
    const answer = await this.#ask(method, path, body);
    const stale = !answer.ok && answer.problem?.code.includes("csrf");
    if (!stale) return answer;
    await this.#fetchToken();
    return this.#ask(method, path, body);
  }

  async #fetchToken(): Promise<void> {
    const answer = await this.get("/session");
    const csrf = answer.ok ? field(answer.body, "csrf") : null;
    this.#csrf = typeof csrf === "string" ? csrf : null;
  }

  /** Nobody calls with another's cookie: it is given back first, or nothing is asked. */
  async #ask(method: Method, path: string, body: unknown): Promise<Answer> {
    const opens = method === "POST" && path === "/session";
    if (!opens && this.#foreign() && !(await this.leave())) return answerOf(null);
    return await this.#send(method, path, body);
  }

  async #send(method: Method, path: string, body: unknown): Promise<Answer> {
    const credential = this.#credential();
    const headers: Record<string, string> = { Accept: "application/json" };
    if (credential) headers.Authorization = `Device ${credential}`;
    if (method !== "GET" && this.#csrf) headers["X-CSRF-Token"] = this.#csrf;
    if (body !== null) headers["Content-Type"] = "application/json";
    const text = body === null ? null : JSON.stringify(body);
    const answer = answerOf(await this.#wire({ method, path, headers, body: text }));
    // Asking who is signed in, signing in and out say so themselves.
    const ended = !answer.ok && answer.problem?.code === "session.required";
    if (ended && path !== "/session") this.#ended();
    return answer;
  }
}
