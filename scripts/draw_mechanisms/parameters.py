"""Fill the parameter tables of docs/explanation/mechanisms from the assumption files.

A page holds ``<!-- parameters: name name ... -->`` and ``<!-- end of parameters -->``; the table
between them is rewritten. A test compares pages and files.
"""

from __future__ import annotations

import re
from pathlib import Path

from gongfu.core.assumption import Assumption
from gongfu.data.assumption_files import find_assumption

PAGES = Path(__file__).parents[2] / "docs" / "explanation" / "mechanisms"
HEAD = "| assumption | value | range | unit | evidence and source |\n|---|---|---|---|---|"
_BLOCK = re.compile(r"(<!-- parameters: ([\w ]+?) -->\n).*?(<!-- end of parameters -->)", re.DOTALL)


def filled(page: str) -> str:
    """Return the page with every parameter table written anew."""
    return _BLOCK.sub(lambda found: found[1] + _table(found[2].split()) + found[3], page)


def _table(names: list[str]) -> str:
    return "\n".join([HEAD, *(_row(find_assumption(name)) for name in names), ""])


def _row(entry: Assumption) -> str:
    source = entry.source if entry.source.startswith("assumed") else _tagged(entry)
    span = f"{entry.low:g} to {entry.high:g}"
    return f"| `{entry.name}` {entry.en} | {entry.value:g} | {span} | {entry.unit} | {source} |"


def _tagged(entry: Assumption) -> str:
    return f"{entry.evidence.value}: {entry.source}"


if __name__ == "__main__":
    for path in sorted(PAGES.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        path.write_text(filled(text), encoding="utf-8", newline="\n")
