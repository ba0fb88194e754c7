"""Reading users' own files: everything is checked before it counts, nothing is executed."""

from gongfu.data.readers.limits import Limits
from gongfu.data.readers.rows import read_microdata
from gongfu.data.readers.table import FORMATS, Table, open_table, read_table

__all__ = ["FORMATS", "Limits", "Table", "open_table", "read_microdata", "read_table"]
