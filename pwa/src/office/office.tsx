/** The desk: exceptions with both stories, and counts to judge. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../device.ts";
import { useDevice } from "../ui/context.ts";
import { open } from "../ui/route.ts";
import { handOver, useScan } from "../ui/scans.ts";
import { say, t } from "../words/text.ts";
import "../styles/office.css";
import { Counts } from "./counts.tsx";
import { ImportsPage } from "./imports/imports.tsx";
import { Inbox } from "./inbox.tsx";
import { SignIn } from "./sign-in.tsx";
import { HandheldsPage } from "./start/handhelds.tsx";
import { LabelsPage } from "./start/labels.tsx";
import type { Go, Lead } from "./start/leading.ts";
import { OpeningPage } from "./start/opening.tsx";
import { PinsPage } from "./start/pins.tsx";
import { start } from "./start/rows.ts";
import { StartPage } from "./start/start.tsx";

type Desk = "exceptions" | "counts" | Lead["page"];

const TABS = {
  start: say("start.tab"),
  exceptions: say("office.exceptions"),
  counts: say("office.counts"),
  imports: say("imports.tab"),
  labels: say("labels.title"),
} as const;
type Tab = keyof typeof TABS;

export function Office(): VNode {
  const device = useDevice();
  const [signedIn, setSignedIn] = useState<boolean | null>(null);
  const [desk, setDesk] = useState<Desk | null>(null);
  const [kind, setKind] = useState<string | undefined>(undefined);
  const [begun, setBegun] = useState(true);
  useScan((scan) => {
    handOver(scan);
    open("home");
  });
  useEffect(() => {
    void device.api.get("/session").then((answer: Answer) => setSignedIn(answer.ok));
  }, [device]);
  useEffect(() => {
    if (signedIn) {
      // Until everything is there the start page comes first; then it is gone from the front.
      void device.api.get("/office/start").then((answer: Answer) => {
        const leads = answer.ok && !start(answer.body).done;
        setBegun(!leads);
        setDesk(leads ? "start" : "exceptions");
      });
    }
  }, [device, signedIn]);
  const leave = (): void => {
    setSignedIn(false);
    setDesk(null);
  };
  const go = (lead: Lead): void => {
    setKind(lead.page === "imports" ? lead.kind : undefined);
    setDesk(lead.page);
  };
  if (signedIn === null || (signedIn && desk === null)) {
    return (
      <main class="office">
        <h1>{t(say("office.loading"))}</h1>
      </main>
    );
  }
  if (!signedIn || desk === null) {
    return <SignIn onDone={() => setSignedIn(true)} />;
  }
  return (
    <div class="office" data-test="office">
      <Head desk={desk} begun={begun} onDesk={setDesk} onLeft={leave} />
      <Page desk={desk} kind={kind} go={go} />
    </div>
  );
}

function Page({ desk, kind, go }: { desk: Desk; kind: string | undefined; go: Go }): VNode {
  switch (desk) {
    case "exceptions":
      return <Inbox />;
    case "counts":
      return <Counts />;
    case "start":
      return <StartPage go={go} />;
    case "imports":
      return (
        <ImportsPage
          kind={kind}
          onBack={kind === undefined ? undefined : () => go({ page: "start" })}
        />
      );
    case "labels":
      return <LabelsPage />;
    case "pins":
      return <PinsPage />;
    case "handhelds":
      return <HandheldsPage />;
    case "opening":
      return <OpeningPage />;
  }
}

function Head({
  desk,
  begun,
  onDesk,
  onLeft,
}: {
  desk: Desk;
  begun: boolean;
  onDesk: (desk: Desk) => void;
  onLeft: () => void;
}): VNode {
  const device = useDevice();
  const tab = (name: Tab): VNode => (
    <button
      type="button"
      aria-pressed={desk === name}
      data-test={`desk-${name}`}
      onClick={() => onDesk(name)}
    >
      {t(TABS[name])}
    </button>
  );
  return (
    <header>
      <strong>Tallyman</strong>
      {begun ? null : tab("start")}
      {tab("exceptions")}
      {tab("counts")}
      {tab("imports")}
      {tab("labels")}
      <button type="button" class="end" data-test="floor" onClick={() => open("home")}>
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
    </header>
  );
}
