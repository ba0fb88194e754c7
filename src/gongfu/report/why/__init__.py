"""From any number of a result document to its equation, inputs and source."""

from gongfu.report.why.basis import Basis, Footing, LeverSet, Publication, Wanted
from gongfu.report.why.equations import Equation, InputName, TableEntry, table_entries
from gongfu.report.why.explanation import Explanation, Quantity, why
from gongfu.report.why.ledger import ledger_of
from gongfu.report.why.places import (
    Place,
    entry_of,
    example_paths,
    find_place,
    located_rows,
    path_of,
    row_paths,
)

__all__ = [
    "Basis",
    "Equation",
    "Explanation",
    "Footing",
    "InputName",
    "LeverSet",
    "Place",
    "Publication",
    "Quantity",
    "TableEntry",
    "Wanted",
    "entry_of",
    "example_paths",
    "find_place",
    "ledger_of",
    "located_rows",
    "path_of",
    "row_paths",
    "table_entries",
    "why",
]
