/** The first handhelds: where they go, and an invitation for each. */
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, t } from "../../words/text.ts";
import { Invited, useInvitation } from "../devices/invitation.tsx";
import { Invitations } from "./invitations.tsx";

export function HandheldsPage(): VNode {
  const { api } = useDevice();
  const { invitation, trouble, invite } = useInvitation(api);
  useEffect(invite, [invite]);
  return (
    <main class="live" data-test="handhelds-page">
      <h1>{t(say("start.handhelds_do"))}</h1>
      <p role="status" data-test="feedback">
        {trouble ? t(trouble) : ""}
      </p>
      <ol class="told-steps">
        <li>{t(say("start.handhelds_open", { address: location.origin }))}</li>
        <li>{t(say("start.handhelds_scan"))}</li>
      </ol>
      {invitation ? (
        <Invited invitation={invitation}>
          <button type="button" data-test="new-code" onClick={invite}>
            {t(say("start.handhelds_new"))}
          </button>
        </Invited>
      ) : null}
      <Invitations />
    </main>
  );
}
