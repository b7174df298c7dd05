/** Closing the books through a day, for good: asked twice, because nothing opens them again. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { language, say, t } from "../../words/text.ts";
import "../../styles/now.css";
import { type Act, Ask, Feedback, useActing } from "../now/acting.tsx";
import { day, dayOf } from "../tables/cell.ts";
import { useRules } from "./asking.ts";
import type { Rules } from "./rows.ts";
import { booksWords, changedWords } from "./words.ts";

const DAY_MS = 86_400_000;

export function BooksPage(): VNode {
  const { value, trouble, refresh } = useRules();
  const { said, act } = useActing(refresh);
  return (
    <main class="now" data-test="books">
      <div class="row">
        <h1>{t(say("books.title"))}</h1>
        <Feedback said={said} trouble={trouble} />
      </div>
      {value === null ? (
        <p class="calm">{t(say("office.loading"))}</p>
      ) : (
        <Closing key={JSON.stringify(value.books)} books={value.books} act={act} />
      )}
    </main>
  );
}

function Closing({ books, act }: { books: Rules["books"]; act: Act }): VNode {
  const yesterday = dayOf(Date.now() - DAY_MS, books.timeZone);
  const [through, setThrough] = useState("");
  const [asking, setAsking] = useState(false);
  const sound = through !== "" && through <= yesterday && through >= (books.firstDay ?? "");
  return (
    <form
      class="form"
      data-test="books-form"
      onSubmit={(event) => {
        event.preventDefault();
        setAsking(sound);
      }}
    >
      <div class="wide">
        <p data-test="books-says">{t(booksWords(books))}</p>
        {books.changed ? <p class="quiet">{t(changedWords(books.changed))}</p> : null}
        <p>{t(say("books.hint"))}</p>
      </div>
      <label>
        {t(say("books.through"))}
        <input
          type="date"
          data-test="through"
          min={books.firstDay ?? undefined}
          max={yesterday}
          value={through}
          onInput={(event) => {
            setThrough(event.currentTarget.value);
            setAsking(false);
          }}
        />
      </label>
      {asking ? (
        <Ask
          question={say("books.ask", { day: day(through, language.value) })}
          onBack={() => setAsking(false)}
        >
          <button
            type="button"
            class="grave"
            data-test="close-yes"
            onClick={() => void act("periods.close_period", { through })}
          >
            {t(say("books.yes"))}
          </button>
        </Ask>
      ) : (
        <div class="row wide">
          <button type="submit" class="primary" data-test="close-books" disabled={!sound}>
            {t(say("books.close"))}
          </button>
        </div>
      )}
    </form>
  );
}
