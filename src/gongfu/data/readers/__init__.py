"""Reading users' own files: everything is checked before it counts, nothing is executed."""

from gongfu.data.readers.columns import require_numbers
from gongfu.data.readers.lazy import LazyTable, is_large, open_lazy
from gongfu.data.readers.limits import Limits
from gongfu.data.readers.noting import ReadingNote
from gongfu.data.readers.panels import PanelReading, examine_panel, read_panel
from gongfu.data.readers.rows import (
    RowRoles,
    RowsReading,
    RowsSource,
    examine_rows,
    read_microdata,
)
from gongfu.data.readers.table import FORMATS, Table, open_table, read_table

__all__ = [
    "FORMATS",
    "LazyTable",
    "Limits",
    "PanelReading",
    "ReadingNote",
    "RowRoles",
    "RowsReading",
    "RowsSource",
    "Table",
    "examine_panel",
    "examine_rows",
    "is_large",
    "open_lazy",
    "open_table",
    "read_microdata",
    "read_panel",
    "read_table",
    "require_numbers",
]
