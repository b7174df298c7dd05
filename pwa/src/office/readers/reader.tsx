/** One reader: when it was heard, and what its antennas look at. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { named, say, t } from "../../words/text.ts";
import { Pick } from "../labels/choose.tsx";
import { Ask } from "../now/acting.tsx";
import { since } from "../now/age.ts";
import type { Posting } from "./posting.ts";
import { type FixedReader, MEANINGS, type Meaning, type Readers, SIDES } from "./rows.ts";

interface Props {
  readonly row: FixedReader;
  readonly places: Readers["places"];
  readonly posting: Posting;
  readonly onToken: () => void;
}

export function ReaderCase({ row, places, posting, onToken }: Props): VNode {
  const [asking, setAsking] = useState<"revoke" | "token" | null>(null);
  const revoke = (): void => {
    void posting.post(`/office/readers/${row.id}/revoke`);
    setAsking(null);
  };
  return (
    <article data-test="reader" data-revoked={row.revoked}>
      <h2>
        {row.name} <small>{t(row.revoked ? say("readers.revoked") : since(row.seenAt))}</small>
      </h2>
      <p>
        {t(
          say("readers.counts", {
            accepted: row.accepted,
            duplicates: row.duplicates,
            bad: row.bad,
          }),
        )}
      </p>
      {row.points.length > 0 ? <Points row={row} posting={posting} /> : null}
      {row.unbound.length > 0 && !row.revoked ? (
        <p class="missing" data-test="unbound">
          {t(say("readers.unbound", { antennas: row.unbound.join(", ") }))}
        </p>
      ) : null}
      {row.revoked ? null : <Bind row={row} places={places} posting={posting} />}
      {asking === null ? (
        <div class="row">
          <button type="button" data-test="new-token" onClick={() => setAsking("token")}>
            {t(say("readers.new_token"))}
          </button>
          {row.revoked ? null : (
            <button type="button" data-test="revoke" onClick={() => setAsking("revoke")}>
              {t(say("readers.revoke"))}
            </button>
          )}
        </div>
      ) : (
        <Ask
          question={say(asking === "revoke" ? "readers.revoke_sure" : "readers.token_sure")}
          onBack={() => setAsking(null)}
        >
          <button
            type="button"
            class="primary"
            data-test="sure"
            onClick={() => {
              if (asking === "revoke") revoke();
              else onToken();
              setAsking(null);
            }}
          >
            {t(say(asking === "revoke" ? "readers.revoke" : "readers.new_token"))}
          </button>
        </Ask>
      )}
    </article>
  );
}

function Points({ row, posting }: { row: FixedReader; posting: Posting }): VNode {
  return (
    <table data-test="points">
      <tbody>
        {row.points.map((point) => (
          <tr key={point.antenna}>
            <td>{t(say("readers.antenna_n", { n: point.antenna }))}</td>
            <td>
              <strong>{point.place}</strong>
            </td>
            <td>{t(named(`is.gate.${point.meaning}`))}</td>
            <td>{point.side === null ? "" : t(named(sideWord(point.side)))}</td>
            <td>
              {row.revoked ? null : (
                <button
                  type="button"
                  data-test="unbind"
                  onClick={() =>
                    void posting.operate("readers.bind", {
                      reader: row.id,
                      antenna: point.antenna,
                      place: null,
                      meaning: point.meaning,
                      side: null,
                    })
                  }
                >
                  {t(say("readers.unbind"))}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const sideWord = (side: string): "readers.side.outside" | "readers.side.inside" =>
  side === "outside" ? "readers.side.outside" : "readers.side.inside";

function Bind({ row, places, posting }: Omit<Props, "onToken">): VNode {
  const [antenna, setAntenna] = useState(`${row.unbound[0] ?? row.points.length + 1}`);
  const [place, setPlace] = useState(places[0]?.id ?? "");
  const [meaning, setMeaning] = useState<Meaning>("dock_in");
  const [side, setSide] = useState("");
  const door = meaning === "dock_in" || meaning === "dock_out";
  const save = async (): Promise<void> => {
    const told = await posting.operate("readers.bind", {
      reader: row.id,
      antenna: Number(antenna),
      place,
      meaning,
      side: door && side ? side : null,
    });
    if (told !== null) setAntenna(`${Number(antenna) + 1}`);
  };
  return (
    <form
      class="fields"
      data-test="bind-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        {t(say("readers.antenna"))}
        <input
          name="antenna"
          inputMode="numeric"
          value={antenna}
          onInput={(event) => setAntenna(event.currentTarget.value)}
        />
      </label>
      <Pick
        name="place"
        words={say("readers.place")}
        value={place}
        options={places.map(({ id, code }) => [id, code])}
        onPick={setPlace}
      />
      <Pick
        name="meaning"
        words={say("readers.meaning")}
        value={meaning}
        options={MEANINGS.map((one) => [one, named(`is.gate.${one}`)])}
        onPick={(one) => setMeaning(MEANINGS.find((known) => known === one) ?? "passage")}
      />
      {door ? (
        <Pick
          name="side"
          words={say("readers.side")}
          value={side}
          options={[
            ["", say("readers.side.none")],
            ...SIDES.map((one) => [one, named(sideWord(one))] as const),
          ]}
          onPick={setSide}
        />
      ) : null}
      <button type="submit" data-test="bind" disabled={!(/^\d{1,4}$/.test(antenna) && place)}>
        {t(say("readers.bind"))}
      </button>
    </form>
  );
}
