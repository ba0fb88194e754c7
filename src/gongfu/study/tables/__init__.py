"""The tables a study names, loaded: embedded figures, a user's panel, a user's rows."""

from gongfu.study.tables.load import load_tables
from gongfu.study.tables.types import RowTable, StudyTables, UnitTable

__all__ = ["RowTable", "StudyTables", "UnitTable", "load_tables"]
