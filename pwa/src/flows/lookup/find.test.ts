import { describe, expect, test } from "vitest";
import { t } from "../../words/text.ts";
import { DRILL } from "../testing/floor.ts";
import { palletTag, SSCC, sledOver, tagged, tagOn } from "../testing/sled.ts";
import { nearness } from "./find.ts";
import { lookup } from "./flow.ts";
import { view } from "./view.ts";

async function looking(data: string) {
  const sled = sledOver(lookup, tagged());
  await sled.read([data]);
  await sled.release();
  await sled.running.take({ type: "pressed", action: "find" });
  const drawn = () => view(sled.running.state.value, sled.house.world);
  return { sled, near: () => drawn().near, said: () => t(sled.heard.at(-1)?.words ?? "") };
}

describe("finding a thing by its tag", () => {
  test("the stronger it is heard, the nearer it is; others do not count", async () => {
    const { sled, near } = await looking(tagOn(DRILL, 7));
    expect(near()).toBeNull();

    const shown: (number | null | undefined)[] = [];
    for (const rssi of [-78, -60, -40]) {
      await sled.read([`${tagOn(DRILL, 7)};${rssi}`, `${tagOn(DRILL, 8)};-30`], 100);
      await sled.release();
      shown.push(near());
    }
    expect(shown).toEqual([-78, -60, -40].map(nearness));
    expect(shown).toEqual([...shown].sort((one, other) => Number(one) - Number(other)));
    expect(sled.heard.at(-1)?.near).toBe(nearness(-40));
    expect(sled.device.recorded).toEqual([]);
  });

  test("within one pull the number follows the hand", async () => {
    const { sled, near } = await looking(palletTag(SSCC));
    await sled.read([`${palletTag(SSCC)};-70`], 300);
    expect(near()).toBe(nearness(-70));
    await sled.read([`${palletTag(SSCC)};-45`], 300);
    expect(near()).toBe(nearness(-45));
  });

  test("a sled that tells no strength still tells that it is here", async () => {
    const { sled, near, said } = await looking(tagOn(DRILL, 7));
    await sled.read([tagOn(DRILL, 7)]);
    await sled.release();
    expect(near()).toBeNull();
    expect(said()).toBe("Heard, strength not sent");

    await sled.read([tagOn(DRILL, 8)]);
    await sled.release();
    expect(said()).toBe("Not heard");
  });

  test("what cannot have a tag cannot be looked for", async () => {
    const sled = sledOver(lookup, tagged());
    await sled.label("A-01-01");
    await sled.running.take({ type: "pressed", action: "find" });
    expect(sled.running.state.value.at).toBe("found");
  });

  test("nearness is a share of what a sled can hear", () => {
    expect([-120, -80, -35, 0].map(nearness)).toEqual([0, 0, 100, 100]);
  });
});
