/** Columns of ours beside columns of the file, and the habits of whoever wrote it. */
import type { VNode } from "preact";
import { say, type Text, t } from "../../words/text.ts";
import { type Choice, DATES, DELIMITERS, ENCODINGS, type Kind } from "./rows.ts";

interface Choosing {
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
}

const SEPARATORS: Readonly<Record<(typeof DELIMITERS)[number], Text>> = {
  ",": say("imports.delimiter.comma"),
  ";": say("imports.delimiter.semicolon"),
  "\t": say("imports.delimiter.tab"),
  "|": say("imports.delimiter.bar"),
};
const LETTERS: Readonly<Record<(typeof ENCODINGS)[number], Text>> = {
  "utf-8-sig": say("imports.encoding.utf8"),
  cp1252: say("imports.encoding.cp1252"),
};

/** A workbook separates its cells by itself. */
export function Habits({ choice, workbook, onChoice }: Choosing & { workbook: boolean }): VNode {
  return (
    <>
      {workbook ? null : <Spelling choice={choice} onChoice={onChoice} />}
      <Pick
        name="dates"
        words={say("imports.dates")}
        value={choice.dates}
        options={DATES.map((one) => [one, say(`imports.dates.${one}`)])}
        onPick={(dates) => onChoice({ ...choice, dates })}
      />
      <label class="tick">
        <input
          type="checkbox"
          name="decimal"
          checked={choice.decimal_comma}
          onChange={(event) => onChoice({ ...choice, decimal_comma: event.currentTarget.checked })}
        />
        {t(say("imports.decimal"))}
      </label>
    </>
  );
}

function Spelling({ choice, onChoice }: Choosing): VNode {
  return (
    <>
      <Pick
        name="delimiter"
        words={say("imports.delimiter")}
        value={choice.delimiter}
        options={DELIMITERS.map((one) => [one, SEPARATORS[one]])}
        onPick={(delimiter) => onChoice({ ...choice, delimiter })}
      />
      <Pick
        name="encoding"
        words={say("imports.encoding")}
        value={choice.encoding}
        options={ENCODINGS.map((one) => [one, LETTERS[one]])}
        onPick={(encoding) => onChoice({ ...choice, encoding })}
      />
    </>
  );
}

export function Matching({
  kind,
  header,
  choice,
  onChoice,
}: Choosing & { kind: Kind; header: readonly string[] }): VNode {
  const match = (ours: string, theirs: string): void => {
    const others = Object.entries(choice.columns).filter(([name]) => name !== ours);
    const columns = Object.fromEntries(theirs === "" ? others : [...others, [ours, theirs]]);
    onChoice({ ...choice, columns });
  };
  return (
    <table class="matching">
      <thead>
        <tr>
          <th>{t(say("imports.column"))}</th>
          <th>{t(say("imports.file_column"))}</th>
        </tr>
      </thead>
      <tbody>
        {kind.columns.map((column) => (
          <tr key={column.name}>
            <td>
              {column.name} {column.required ? <small>{t(say("imports.must"))}</small> : null}
            </td>
            <td>
              <select
                name={`column-${column.name}`}
                aria-label={column.name}
                value={choice.columns[column.name] ?? ""}
                onChange={(event) => match(column.name, event.currentTarget.value)}
              >
                <option value="">{t(say("imports.not_there"))}</option>
                {header.map((cell) => (
                  <option key={cell} value={cell}>
                    {cell}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pick({
  name,
  words,
  value,
  options,
  onPick,
}: {
  name: string;
  words: Text;
  value: string;
  options: ReadonlyArray<readonly [string, Text]>;
  onPick: (value: string) => void;
}): VNode {
  return (
    <label>
      {t(words)}
      <select name={name} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(([one, said]) => (
          <option key={one} value={one}>
            {t(said)}
          </option>
        ))}
      </select>
    </label>
  );
}
