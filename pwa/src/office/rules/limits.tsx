/** How much one person decides alone, and how far a count may be off: one form each, saved as a decision. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { say, type Text, t } from "../../words/text.ts";
import "../../styles/now.css";
import { type Act, Feedback, useActing } from "../now/acting.tsx";
import { useRules } from "./asking.ts";
import type { Rules } from "./rows.ts";
import { changedWords, limitWords, toleranceWords } from "./words.ts";

export function LimitsPage(): VNode {
  const { value, trouble, refresh } = useRules();
  const { said, act } = useActing(refresh);
  return (
    <main class="now" data-test="limits">
      <div class="row">
        <h1>{t(say("limits.title"))}</h1>
        <Feedback said={said} trouble={trouble} />
      </div>
      {value === null ? (
        <p class="calm">{t(say("office.loading"))}</p>
      ) : (
        <>
          <Corrections key={JSON.stringify(value.limit)} limit={value.limit} act={act} />
          <Counts key={JSON.stringify(value.tolerance)} tolerance={value.tolerance} act={act} />
        </>
      )}
    </main>
  );
}

/** Nothing, or a whole number; undefined where it is neither. */
const whole = (typed: string): number | null | undefined => {
  if (typed.trim() === "") return null;
  return /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : undefined;
};

const money = (typed: string): string | null | undefined => {
  const plain = typed.trim().replace(",", ".");
  if (plain === "") return null;
  return /^\d{1,10}(\.\d{1,4})?$/.test(plain) ? plain : undefined;
};

function Entry({
  name,
  label,
  value,
  bad,
  onInput,
}: {
  name: string;
  label: Text;
  value: string;
  bad: boolean;
  onInput: (typed: string) => void;
}): VNode {
  return (
    <label>
      {t(label)}
      <input
        data-test={name}
        inputMode="decimal"
        autocomplete="off"
        aria-invalid={bad}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

function Corrections({ limit, act }: { limit: Rules["limit"]; act: Act }): VNode {
  const [pieces, setPieces] = useState(`${limit.pieces ?? ""}`);
  const [value, setValue] = useState(limit.value ?? "");
  const asked = { pieces: whole(pieces), value: money(value) };
  const sound = asked.pieces !== undefined && asked.value !== undefined;
  return (
    <form
      class="form"
      data-test="limit-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (sound) void act("stock.set_limit", asked);
      }}
    >
      <div class="wide">
        <h2>{t(say("rules.corrections"))}</h2>
        <p data-test="limit-says">{t(limitWords(limit))}</p>
        <p class="quiet">{t(changedWords(limit.changed))}</p>
      </div>
      <Entry
        name="limit-pieces"
        label={say("limits.pieces")}
        value={pieces}
        bad={asked.pieces === undefined}
        onInput={setPieces}
      />
      <Entry
        name="limit-value"
        label={say("limits.value")}
        value={value}
        bad={asked.value === undefined}
        onInput={setValue}
      />
      <div class="row wide">
        <button type="submit" class="primary" data-test="save-limit" disabled={!sound}>
          {t(say("office.save"))}
        </button>
        <p>{t(say(sound ? "limits.value_hint" : "form.wrong"))}</p>
      </div>
    </form>
  );
}

const ALL = 100;

function Counts({ tolerance, act }: { tolerance: Rules["tolerance"]; act: Act }): VNode {
  const [pieces, setPieces] = useState(`${tolerance.pieces}`);
  const [percent, setPercent] = useState(`${tolerance.percent}`);
  const asked = { pieces: whole(pieces) ?? -1, percent: whole(percent) ?? -1 };
  const bad = { pieces: asked.pieces < 0, percent: asked.percent < 0 || asked.percent > ALL };
  const sound = !(bad.pieces || bad.percent);
  return (
    <form
      class="form"
      data-test="tolerance-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (sound) void act("counting.set_tolerance", asked);
      }}
    >
      <div class="wide">
        <h2>{t(say("rules.counts"))}</h2>
        <p data-test="tolerance-says">{t(toleranceWords(tolerance))}</p>
        <p class="quiet">{t(changedWords(tolerance.changed))}</p>
      </div>
      <Entry
        name="tolerance-pieces"
        label={say("limits.off_pieces")}
        value={pieces}
        bad={bad.pieces}
        onInput={setPieces}
      />
      <Entry
        name="tolerance-percent"
        label={say("limits.off_percent")}
        value={percent}
        bad={bad.percent}
        onInput={setPercent}
      />
      <div class="row wide">
        <button type="submit" class="primary" data-test="save-tolerance" disabled={!sound}>
          {t(say("office.save"))}
        </button>
        <p>{t(say(sound ? "limits.off_hint" : "form.wrong"))}</p>
      </div>
    </form>
  );
}
