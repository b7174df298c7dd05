"""`python -m app.identification.generate`: write the device's tables from `tables.json`."""

import json
from pathlib import Path

from app.identification.tables import SOURCE

TARGET = SOURCE.parents[2] / "pwa/src/domain/identification/tables.gen.ts"
_HEAD = """\
// Written by `python -m app.identification.generate` from app/identification/tables.json.
import type { Facts } from "./facts.ts";

export const FACTS: Facts = """


def generated() -> str:
    """The text of `tables.gen.ts`: one line for each table, one for each row of the long ones."""
    facts: dict[str, object] = json.loads(SOURCE.read_text(encoding="utf-8"))
    lines = "".join(f"  {name}: {_table(table)},\n" for name, table in facts.items())
    return f"{_HEAD}{{\n{lines}}};\n"


def _table(table: object) -> str:
    if isinstance(table, list) and isinstance(table[0], dict):
        rows = "".join(f"    {json.dumps(row)},\n" for row in table)
        return f"[\n{rows}  ]"
    return json.dumps(table)


def main(target: Path = TARGET) -> None:
    target.write_text(generated(), encoding="utf-8")


if __name__ == "__main__":
    main()
