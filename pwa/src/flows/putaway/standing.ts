/** Loose goods this device itself has put down somewhere: never the book, only its own work. */
import type { RecentOperation } from "../../device.ts";
import type { Goods } from "../../domain/operation.ts";
import type { World } from "../flow.ts";
import type { Filling } from "../goods.ts";

/** How many of these goods own work has left in a place; null where it knows of none. */
export function standing(filling: Filling, place: string, world: World): number | null {
  const own = world.own();
  const undone = new Set(own.map((done) => (done.kind === "operations.void" ? done.cause : null)));
  const happened = own.filter((done) => done.outcome !== "refused" && !undone.has(done.id));
  const left = happened.reduce((sum, done) => sum + change(done, filling, place), 0);
  return left > 0 ? left : null;
}

/** What one own operation added to the place, or took from it. */
function change(done: RecentOperation, filling: Filling, place: string): number {
  switch (done.kind) {
    case "receiving.receive_line":
      return done.payload.target === place ? pieces(done.payload.goods, filling) : 0;
    case "putaway.put_away":
    case "moving.move": {
      const { goods, source, target } = done.payload;
      const signs = Number(target === place) - Number(source === place);
      return goods === null ? 0 : signs * pieces(goods, filling);
    }
    case "picking.pick":
      return done.payload.source === place ? -pieces(done.payload.goods, filling) : 0;
    default:
      return 0;
  }
}

/** Damaged goods are not carried to a bin with the good ones, those on a pallet not without it. */
const pieces = (goods: Goods, filling: Filling): number =>
  goods.item === filling.item &&
  goods.lot === filling.lot &&
  goods.serial === filling.serial &&
  goods.lpn === null &&
  goods.status === "available"
    ? goods.quantity
    : 0;
