/** Fixed readers: let one in, say what its antennas look at, shut one out. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, t } from "../../words/text.ts";
import { Pick } from "../labels/choose.tsx";
import { Feedback } from "../now/acting.tsx";
import { body, text } from "../rows.ts";
import { useAnswer } from "../start/asking.ts";
import { usePosting } from "./posting.ts";
import { ReaderCase } from "./reader.tsx";
import { readers } from "./rows.ts";
import { type Given, Token } from "./token.tsx";
import "../../styles/now.css";
import "../../styles/live.css";
import "../../styles/readers.css";

const SILENCES = ["3", "4", "5"];

export function ReadersPage(): VNode {
  const { api } = useDevice();
  const { answer, trouble, refresh } = useAnswer(api, "/office/readers", readers);
  const posting = usePosting(refresh);
  const [given, setGiven] = useState<Given | null>(null);
  const register = async (name: string, reader: string | null): Promise<void> => {
    const told = await posting.post("/office/readers", { name, reader });
    if (told !== null) setGiven({ name, token: text(body(told).token) });
  };
  return (
    <main class="now live readers" data-test="readers">
      <div class="row">
        <h1>{t(say("readers.title"))}</h1>
        <Feedback said={posting.said} trouble={trouble} />
      </div>
      <Register onName={(name) => void register(name, null)} />
      {given ? <Token given={given} onDone={() => setGiven(null)} /> : null}
      {answer === null ? <p class="calm">{t(say("office.loading"))}</p> : null}
      {answer?.items.length === 0 ? <p class="calm">{t(say("readers.none"))}</p> : null}
      {answer?.items.map((row) => (
        <ReaderCase
          key={row.id}
          row={row}
          places={answer.places}
          posting={posting}
          onToken={() => void register(row.name, row.id)}
        />
      ))}
      {answer ? (
        <section class="fields">
          <Pick
            name="silence"
            words={say("readers.silence")}
            value={`${answer.silence}`}
            options={[...new Set([...SILENCES, `${answer.silence}`])].map((seconds) => [
              seconds,
              say("readers.seconds", { seconds }),
            ])}
            onPick={(seconds) => {
              const settings = { rfid_silence_s: Number(seconds) };
              void posting.operate("locations.save_site", { ...answer.site, settings });
            }}
          />
        </section>
      ) : null}
    </main>
  );
}

function Register({ onName }: { onName: (name: string) => void }): VNode {
  const [name, setName] = useState("");
  return (
    <form
      class="fields"
      data-test="register-form"
      onSubmit={(event) => {
        event.preventDefault();
        onName(name.trim());
        setName("");
      }}
    >
      <label>
        {t(say("readers.name"))}
        <input
          name="name"
          maxLength={60}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary" data-test="register" disabled={name.trim() === ""}>
        {t(say("readers.register"))}
      </button>
    </form>
  );
}
