/** What some tables have beyond reading: actions above them, and more about one row. */
import type { ComponentType } from "preact";
import { Enrol } from "../devices/enrol.tsx";
import { Handheld } from "../devices/waiting.tsx";
import type { RowProps } from "./drawer.tsx";
import { Edit, newIn } from "./editing.tsx";
import { FORMS } from "./forms.ts";
import { Holding, Releasing } from "./holding.tsx";
import { Person } from "./person.tsx";
import { Story } from "./story.tsx";

export interface ActionProps {
  readonly refresh: () => void;
}

const MORE: Readonly<Record<string, ComponentType<RowProps>>> = {
  operations: Story,
  changes: Story,
  postings: Story,
  sightings: Story,
  devices: Handheld,
  people: Person,
  stock: Holding,
  handling_units: Holding,
  purchase_order_lines: Holding,
  holds: Releasing,
};
const ACTIONS: Readonly<Record<string, ComponentType<ActionProps>>> = {
  devices: Enrol,
  ...Object.fromEntries(Object.keys(FORMS).map((table) => [table, newIn(table)])),
};

export const moreOf = (table: string): ComponentType<RowProps> | null =>
  MORE[table] ?? (table in FORMS ? Edit : null);

export const actionsOf = (table: string): ComponentType<ActionProps> | null =>
  ACTIONS[table] ?? null;
