/** The packing slip: printed from the order on this device, so it needs no network. */
import type { VNode } from "preact";
import type { OrderRow } from "../domain/rows.ts";
import type { World } from "../flows/flow.ts";
import { say, t } from "../words/text.ts";

export function Slip({ order, world }: { order: OrderRow; world: World }): VNode {
  const [site] = world.all("site");
  return (
    <article class="slip" data-test="packing-slip">
      <h1>
        {t(say("slip.title"))} {order.number}
      </h1>
      <p>{order.customer_name}</p>
      <p>
        {site?.name} · {world.today()} · {order.totes.map((unit) => unit.code).join(" · ")}
      </p>
      <table>
        <thead>
          <tr>
            <th>{t(say("slip.item"))}</th>
            <th>{t(say("slip.ordered"))}</th>
            <th>{t(say("slip.picked"))}</th>
            <th>{t(say("slip.short"))}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => {
            const item = world.get("item", line.item);
            return (
              <tr key={line.id}>
                <td>
                  {item?.sku} {item?.name}
                </td>
                <td>{line.ordered}</td>
                <td>{line.picked}</td>
                <td>{line.short || ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </article>
  );
}
