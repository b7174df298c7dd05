// The product's own codes: places, badges, load units, totes, commands, orders, enrolment.
import { accepted, type Identified, type Profile, Refused } from "./reading.ts";
import { COMMANDS } from "./tables.ts";

/** The code behind one of our prefixes, or null if there is no such prefix. */
export function readInternal(text: string, prefixes: Profile["ownPrefixes"]): Identified | null {
  const [prefix, type] = prefixes.find(([own]) => text.startsWith(own)) ?? [];
  return prefix === undefined || type === undefined
    ? null
    : internal(type, text.slice(prefix.length));
}

function internal(type: string, code: string): Identified {
  if (code === "" || code.startsWith(" ") || code.endsWith(" ") || code.includes("\x1d")) {
    throw new Refused("internal_code", "There is no code behind the prefix.", "internal");
  }
  if (type === "command" && !COMMANDS.has(code)) {
    throw new Refused("command", "There is no such command.", "internal");
  }
  return accepted("internal", { internal: { type, code } });
}
