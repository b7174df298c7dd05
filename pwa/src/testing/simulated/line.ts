/** The network around a simulated handheld: it takes questions and leaves the answering to others. */
import type { Question, Reply } from "../../sync/network.ts";

export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly credential: string | null;
}

/** Who logs in, as the server would answer; null: only what is known offline counts. */
export interface Login {
  readonly device: string;
  readonly person: { readonly id: string; readonly name: string; readonly roles: string[] };
  readonly grant: { readonly id: string; readonly expires_at: string };
}

interface Waiting {
  readonly question: Question;
  readonly hear: (reply: Reply | null) => void;
}

export class Line {
  /** Out of reach, every question is answered by silence at once. */
  open = false;
  login: Login | null = null;
  #waiting: Waiting[] = [];

  readonly wire = (question: Question): Promise<Reply | null> => {
    if (question.path === "/session") return Promise.resolve(this.#session(question));
    if (!this.open) return Promise.resolve(null);
    return new Promise((hear) => {
      this.#waiting.push({ question, hear });
    });
  };

  get question(): Question | null {
    return this.#waiting[0]?.question ?? null;
  }

  get ask(): Ask | null {
    if (!this.question) return null;
    const { method, path, headers, body } = this.question;
    return {
      method,
      path,
      body: body === null ? null : JSON.parse(body),
      credential: headers.Authorization?.replace(/^Device /, "") ?? null,
    };
  }

  hear(reply: Reply | null): void {
    this.#waiting.shift()?.hear(reply);
  }

  /** What was asked and not heard never will be. */
  hangUp(): void {
    for (const { hear } of this.#waiting.splice(0)) hear(null);
  }

  /** The page that asked is gone. */
  forget(): void {
    this.#waiting = [];
  }

  #session({ method }: Question): Reply | null {
    if (method === "DELETE") return { status: 204, body: undefined, retryAfter: null };
    if (method === "GET") return { status: 200, body: { csrf: "token" }, retryAfter: null };
    if (this.login === null) return null;
    const { person, grant } = this.login;
    const body = { person, grant, csrf: "token", expires_at: grant.expires_at };
    return { status: 200, body, retryAfter: null };
  }
}
