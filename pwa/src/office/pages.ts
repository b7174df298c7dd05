/** Every page of the office, in the order of the side. A new one is one line here. */
import type { FunctionComponent } from "preact";
import type { Word } from "../words/text.ts";
import { CodesPage } from "./codes/codes.tsx";
import { Counts } from "./counts.tsx";
import { ImportsPage } from "./imports/imports.tsx";
import { Inbox } from "./inbox/inbox.tsx";
import { LabelsPage } from "./labels/labels.tsx";
import { AdjustmentsPage } from "./now/adjustments.tsx";
import { NowPage } from "./now/now.tsx";
import { RequisitionsPage } from "./now/requisitions.tsx";
import { GatesPage } from "./readers/gates.tsx";
import { ReadersPage } from "./readers/readers.tsx";
import type { Signed } from "./rows.ts";
import { BooksPage } from "./rules/books.tsx";
import { LimitsPage } from "./rules/limits.tsx";
import { RulesPage } from "./rules/rules.tsx";
import { ScannersPage } from "./scanners/scanners.tsx";
import { HandheldsPage } from "./start/handhelds.tsx";
import { OpeningPage } from "./start/opening.tsx";
import { PinsPage } from "./start/pins.tsx";
import { StartPage } from "./start/start.tsx";
import { tablePage } from "./tables/table-page.tsx";

export interface OfficePage {
  readonly id: string;
  readonly word: Word;
  readonly group: Group;
  readonly roles: readonly string[];
  readonly component: FunctionComponent<{ readonly person: Signed }>;
  /** Reached from rows of other pages only. */
  readonly hidden?: true;
}

export const GROUPS = [
  "today",
  "orders",
  "inbound",
  "stock",
  "log",
  "masters",
  "team",
  "setup",
] as const;
export type Group = (typeof GROUPS)[number];

const OFFICE = ["supervisor", "planner", "admin"] as const;
const CHIEFS = ["supervisor", "admin"] as const;

const page = (
  id: string,
  group: Group,
  word: Word,
  roles: readonly string[],
  component: OfficePage["component"],
): OfficePage => ({ id, group, word, roles, component });

const table = <N extends string>(
  group: Group,
  id: N & (`table.${N}` extends Word ? N : never),
  roles: readonly string[] = OFFICE,
): OfficePage => ({ id, group, word: `table.${id}` as Word, roles, component: tablePage(id) });

const behind = (one: OfficePage): OfficePage => ({ ...one, hidden: true });

export const PAGES: readonly OfficePage[] = [
  page("now", "today", "office.now", OFFICE, NowPage),
  page("exceptions", "today", "office.exceptions", CHIEFS, Inbox),
  page("counts", "today", "office.counts", CHIEFS, Counts),
  page("adjustments", "today", "office.adjustments", CHIEFS, AdjustmentsPage),
  page("gates", "today", "gates.title", CHIEFS, GatesPage),
  page("requisitions", "today", "office.requisitions", [...OFFICE, "requester"], RequisitionsPage),
  table("orders", "orders"),
  table("orders", "order_lines"),
  table("inbound", "purchase_orders"),
  behind(table("inbound", "purchase_order_lines")),
  table("inbound", "asns"),
  behind(table("inbound", "asn_units")),
  behind(table("inbound", "asn_lines")),
  table("stock", "stock"),
  table("stock", "stock_by_item"),
  table("stock", "handling_units"),
  table("stock", "holds", CHIEFS),
  table("stock", "count_sheets"),
  behind(table("stock", "postings")),
  table("stock", "tag_visits"),
  behind(table("stock", "sightings")),
  table("log", "operations"),
  table("log", "changes"),
  page("books", "log", "books.tab", OFFICE, BooksPage),
  table("masters", "items", [...OFFICE, "requester"]),
  table("masters", "identifiers"),
  page("codes", "masters", "map.title", OFFICE, CodesPage),
  table("masters", "places"),
  table("masters", "zones"),
  table("masters", "reasons"),
  page("rules", "masters", "rules.tab", OFFICE, RulesPage),
  table("masters", "customers"),
  table("masters", "suppliers"),
  table("team", "people", CHIEFS),
  table("team", "devices", CHIEFS),
  page("start", "setup", "start.tab", CHIEFS, StartPage),
  page("imports", "setup", "imports.tab", CHIEFS, ImportsPage),
  page("limits", "setup", "limits.tab", CHIEFS, LimitsPage),
  page("labels", "setup", "labels.title", CHIEFS, LabelsPage),
  page("readers", "setup", "readers.title", CHIEFS, ReadersPage),
  page("scanners", "setup", "scanners.tab", CHIEFS, ScannersPage),
  behind(page("pins", "setup", "start.pins", CHIEFS, PinsPage)),
  behind(page("handhelds", "setup", "start.handhelds", CHIEFS, HandheldsPage)),
  behind(page("opening", "setup", "opening.title", CHIEFS, OpeningPage)),
];

/** What somebody with these roles may open. */
export const pagesFor = (roles: readonly string[]): readonly OfficePage[] =>
  PAGES.filter((one) => one.roles.some((role) => roles.includes(role)));
