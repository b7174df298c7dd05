/** The desk: who is signed in, the side with all pages, and the page that is open. */
import type { VNode } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useDevice } from "../ui/context.ts";
import { open } from "../ui/route.ts";
import { handOver, useScan } from "../ui/scans.ts";
import { named, say, t } from "../words/text.ts";
import "../styles/office.css";
import "../styles/desk.css";
import "../styles/tables.css";
import { GROUPS, type OfficePage, pagesFor } from "./pages.ts";
import { addressOf, follow, place } from "./place.ts";
import { type Signed, signedIn } from "./rows.ts";
import { SignIn } from "./sign-in.tsx";
import { start } from "./start/rows.ts";

export function Office(): VNode {
  const device = useDevice();
  const [person, setPerson] = useState<Signed | null | "unknown">("unknown");
  useScan((scan) => {
    handOver(scan);
    open("home");
  });
  useEffect(follow, []);
  const ask = useCallback(() => {
    void device.api.get("/session").then((answer) => {
      setPerson(answer.ok ? signedIn(answer.body) : null);
    });
  }, [device]);
  const here = device.person.value?.id ?? null;
  useEffect(() => {
    // Locked, or signed out in another tab: hidden at once, whatever the network says.
    if (here === null) setPerson((was) => (was === "unknown" ? was : null));
    ask();
  }, [ask, here]);
  if (person === "unknown") {
    return (
      <main class="office">
        <h1>{t(say("office.loading"))}</h1>
      </main>
    );
  }
  if (person === null) {
    return <SignIn onDone={ask} />;
  }
  return <Desk person={person} onLeft={() => setPerson(null)} />;
}

function Desk({ person, onLeft }: { person: Signed; onLeft: () => void }): VNode {
  const pages = pagesFor(person.roles);
  const first = useFirst(pages);
  const wanted = place.value.page === "" ? first : place.value.page;
  if (wanted === null) {
    return <main class="office" />;
  }
  const page = pages.find((one) => one.id === wanted);
  return (
    <div class="office desktop" data-test="office">
      <Side pages={pages} at={page?.id ?? ""} person={person} onLeft={onLeft} />
      {page ? (
        <page.component key={page.id} person={person} />
      ) : (
        <main class="page">
          <p class="calm" data-test="no-page">
            {t(say("office.no_page"))}
          </p>
        </main>
      )}
    </div>
  );
}

/** Where the day begins: on the start page until everything is there, then with what goes on. */
function useFirst(pages: readonly OfficePage[]): string | null {
  const { api } = useDevice();
  const [first, setFirst] = useState<string | null>(null);
  const leads = pages.some((one) => one.id === "start");
  const usual = pages[0]?.id ?? "";
  useEffect(() => {
    if (!leads) {
      setFirst(usual);
      return;
    }
    void api.get("/office/start").then((answer) => {
      setFirst(answer.ok && !start(answer.body).done ? "start" : usual);
    });
  }, [api, leads, usual]);
  return first;
}

function Side({
  pages,
  at,
  person,
  onLeft,
}: {
  pages: readonly OfficePage[];
  at: string;
  person: Signed;
  onLeft: () => void;
}): VNode {
  const device = useDevice();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    nav.current?.querySelector(`[href="${addressOf(at)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <header class="side">
      <strong>Tallyman</strong>
      <nav ref={nav} aria-label={t(say("office.pages"))} data-test="pages">
        {GROUPS.map((group) => {
          const shown = pages.filter((page) => page.group === group && !page.hidden);
          return shown.length === 0 ? null : (
            <section key={group}>
              <h2>{t(named(`office.group_${group}`))}</h2>
              <ul>
                {shown.map(({ id, word }) => (
                  <li key={id}>
                    <a
                      href={addressOf(id)}
                      aria-current={id === at ? "page" : undefined}
                      data-test={`desk-${id}`}
                    >
                      {t(named(word))}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </nav>
      <p class="quiet">{person.name}</p>
      <div class="row">
        <button type="button" data-test="floor" onClick={() => open("home")}>
          {t(say("office.floor"))}
        </button>
        <button
          type="button"
          data-test="sign-out"
          onClick={() => {
            void device.logout().then(onLeft);
          }}
        >
          {t(say("office.sign_out"))}
        </button>
      </div>
    </header>
  );
}
