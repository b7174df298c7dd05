/** The desk: the present moment first, then what waits for a verdict. */
import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Answer } from "../device.ts";
import { unreachable } from "../flows/flow.ts";
import { useDevice } from "../ui/context.ts";
import { open } from "../ui/route.ts";
import { handOver, useScan } from "../ui/scans.ts";
import { say, t } from "../words/text.ts";
import "../styles/office.css";
import { Counts } from "./counts.tsx";
import { Inbox } from "./inbox.tsx";
import { AdjustmentsPage } from "./now/adjustments.tsx";
import { NowPage } from "./now/now.tsx";
import { RequisitionsPage } from "./now/requisitions.tsx";
import { body, list } from "./rows.ts";
import { SignIn } from "./sign-in.tsx";

const DESKS = ["now", "exceptions", "counts", "adjustments", "requisitions"] as const;
type Desk = (typeof DESKS)[number];
const DECIDERS = ["supervisor", "admin"];

/** Which screens a person may open; the first is where the day begins. */
const MAY: Readonly<Record<Desk, readonly string[]>> = {
  now: [...DECIDERS, "planner"],
  exceptions: DECIDERS,
  counts: DECIDERS,
  adjustments: DECIDERS,
  requisitions: [...DECIDERS, "planner", "requester"],
};

const rolesOf = (answer: Answer): readonly unknown[] | null =>
  answer.ok ? list(body(body(answer.body).person).roles) : null;

export function Office(): VNode {
  const device = useDevice();
  const [roles, setRoles] = useState<readonly unknown[] | null | undefined>(undefined);
  const [chosen, setDesk] = useState<Desk | null>(null);
  useScan((scan) => {
    handOver(scan);
    open("home");
  });
  const lookWho = useCallback(() => {
    void device.api.get("/session").then((answer: Answer) => setRoles(rolesOf(answer)));
  }, [device]);
  useEffect(lookWho, [lookWho]);
  if (roles === undefined) {
    return (
      <main class="office">
        <h1>{t(say("office.loading"))}</h1>
      </main>
    );
  }
  if (roles === null) {
    return <SignIn onDone={lookWho} />;
  }
  const desks = DESKS.filter((name) => MAY[name].some((role) => roles.includes(role)));
  const desk = chosen ?? desks[0] ?? "requisitions";
  return (
    <div class="office" data-test="office">
      <Head
        {...{ desk, desks }}
        onDesk={setDesk}
        onLeft={() => {
          setDesk(null);
          setRoles(null);
        }}
      />
      <Opened
        desk={desk}
        decides={DECIDERS.some((role) => roles.includes(role))}
        onDesk={setDesk}
      />
    </div>
  );
}

function Opened({
  desk,
  decides,
  onDesk,
}: {
  desk: Desk;
  decides: boolean;
  onDesk: (desk: Desk) => void;
}): VNode {
  switch (desk) {
    case "now":
      return <NowPage onElsewhere={onDesk} />;
    case "exceptions":
      return <Inbox />;
    case "counts":
      return <Counts />;
    case "adjustments":
      return <AdjustmentsPage />;
    case "requisitions":
      return <RequisitionsPage decides={decides} />;
    default:
      return unreachable(desk);
  }
}

function Head({
  desk,
  desks,
  onDesk,
  onLeft,
}: {
  desk: Desk;
  desks: readonly Desk[];
  onDesk: (desk: Desk) => void;
  onLeft: () => void;
}): VNode {
  const device = useDevice();
  const tab = (name: Desk): VNode => (
    <button
      type="button"
      key={name}
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
      {desks.map(tab)}
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
