"""Write docs/reference/data/variables.md from the dictionary; a test compares the two."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from gongfu.data import load_dictionary, quality_table, translate_term
from gongfu.data.yearbook import Table

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "data" / "variables.md"
TABLES: dict[Table, str] = {"provinces": "p", "secondary": "s", "national": "n"}

HEAD = """# Variables

Written by `scripts/write_variable_docs.py` from `variables.csv`. Where: p = 31 provinces, s = the
secondary provincial table (older vintages, single copies), n = the nation. Figures: those used by
default, doubtful ones not counted. `gongfu data show NAME` prints definition, source and values.
"""


def page() -> str:
    """Return the page: one table a theme."""
    entries = sorted(load_dictionary().values(), key=lambda entry: entry.theme)
    where = _where()
    parts = [HEAD]
    for theme, group in groupby(entries, key=lambda entry: entry.theme):
        parts.append(f"## {translate_term(theme, 'zh')} ({theme})\n")
        parts.append(
            "| name | 名称 | label | unit | where, years, figures |\n|---|---|---|---|---|"
        )
        parts += [
            f"| `{e.name}` | {e.zh} | {e.en} | {e.unit} | {where.get(e.name, 'zones')} |"
            for e in group
        ]
        parts.append("")
    return "\n".join(parts)


def _where() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for table, letter in TABLES.items():
        for row in quality_table(table).iter_rows(named=True):
            years = f"{row['first_year']}-{row['last_year']}"
            text = f"{letter} {years} {row['cells']}"
            found.setdefault(row["variable"], []).append(text)
    return {name: "; ".join(texts) for name, texts in found.items()}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
