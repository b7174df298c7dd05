/** What Chrome 100 and Safari 16.4 lack of the language's own library; nothing is replaced that is there. */

type Compare = (one: unknown, other: unknown) => number;

function lend(
  to: object,
  name: string,
  value: (this: unknown[], ...given: never[]) => unknown,
): void {
  if (name in to) return;
  Object.defineProperty(to, name, { value, writable: true, configurable: true });
}

lend(Array.prototype, "toSorted", function (this: unknown[], compare?: Compare) {
  return [...this].sort(compare);
});
lend(Array.prototype, "toReversed", function (this: unknown[]) {
  return [...this].reverse();
});
