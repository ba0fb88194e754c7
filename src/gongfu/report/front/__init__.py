"""What makes a printed page live: the bundled front end, and the data it draws from."""

from gongfu.report.front.bundle import Front, front_of
from gongfu.report.front.data import charts_data, palette_data, words_data
from gongfu.report.front.pack import packed, unpacked

__all__ = [
    "Front", "charts_data", "front_of", "packed", "palette_data", "unpacked", "words_data",
]  # fmt: skip
