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
import { Inbox } from "./inbox.tsx";
import { SignIn } from "./sign-in.tsx";

type Desk = "exceptions" | "counts";

export function Office(): VNode {
  const device = useDevice();
  const [signedIn, setSignedIn] = useState<boolean | null>(null);
  const [desk, setDesk] = useState<Desk>("exceptions");
  useScan((scan) => {
    handOver(scan);
    open("home");
  });
  useEffect(() => {
    void device.api.get("/session").then((answer: Answer) => setSignedIn(answer.ok));
  }, [device]);
  if (signedIn === null) {
    return (
      <main class="office">
        <h1>{t(say("office.loading"))}</h1>
      </main>
    );
  }
  if (!signedIn) {
    return <SignIn onDone={() => setSignedIn(true)} />;
  }
  return (
    <div class="office" data-test="office">
      <Head desk={desk} onDesk={setDesk} onLeft={() => setSignedIn(false)} />
      {desk === "exceptions" ? <Inbox /> : <Counts />}
    </div>
  );
}

function Head({
  desk,
  onDesk,
  onLeft,
}: {
  desk: Desk;
  onDesk: (desk: Desk) => void;
  onLeft: () => void;
}): VNode {
  const device = useDevice();
  const tab = (name: Desk): VNode => (
    <button
      type="button"
      aria-pressed={desk === name}
      data-test={`desk-${name}`}
      onClick={() => onDesk(name)}
    >
      {t(say(`office.${name}`))}
    </button>
  );
  return (
    <header>
      <strong>Tallyman</strong>
      {tab("exceptions")}
      {tab("counts")}
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
