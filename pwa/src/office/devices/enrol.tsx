/** What can be done above the list of handhelds: bring one in, or the work of a broken one. */
import type { VNode } from "preact";
import { useDevice } from "../../ui/context.ts";
import { say, t } from "../../words/text.ts";
import type { ActionProps } from "../tables/extras.ts";
import { Invited, useInvitation } from "./invitation.tsx";
import { Rescue } from "./rescue.tsx";

export function Enrol({ refresh }: ActionProps): VNode {
  const { api } = useDevice();
  const { invitation, trouble, invite, close } = useInvitation(api);
  const enrolled = (): void => {
    close();
    refresh();
  };
  return (
    <>
      <button type="button" class="accent" data-test="enrol" onClick={invite}>
        {t(say("devices.enrol"))}
      </button>
      <Rescue refresh={refresh} />
      {trouble ? <p role="alert">{t(trouble)}</p> : null}
      {invitation ? (
        <Invited invitation={invitation}>
          <button type="button" data-test="enrolled" onClick={enrolled}>
            {t(say("office.close"))}
          </button>
        </Invited>
      ) : null}
    </>
  );
}
