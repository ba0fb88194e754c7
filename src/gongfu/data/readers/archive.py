"""What a workbook would unpack to, measured without keeping it in memory.

A few kilobytes can unpack to terabytes, and two cells at far ends of a sheet make a reader lay out
every cell between them. Sizes written in the archive are not believed: they can be forged.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from gongfu.core import InputError, Problem
from gongfu.data.plain_text import plain
from gongfu.data.readers.limits import Limits

__all__ = ["SheetExtent", "sheet_extents"]

PIECE = 1 << 20  # bytes unpacked at a time
LONGEST_TAG = 4_096  # bytes kept of a piece in which no tag ends
PARTS = 10_000  # files in the archive of a workbook
ERRORS_KEPT = 60
LOCAL_HEADER = 30  # bytes before the name of a part [APPNOTE 4.3.7]
OLE_MARK = b"\xd0\xcf\x11\xe0"  # old .xls files, and workbooks under a password
SAVE_AS = "Open it in a spreadsheet program and save it again as .xlsx or CSV UTF-8."

_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*>""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_TAG = re.compile(rb"<(?:\w+:)?(sheet|Relationship)\s+([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")


@dataclass(slots=True)
class SheetExtent:
    """Last row and column that hold a cell, number of cells, and places of spreadsheet errors."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    errors: list[tuple[str, int]] = field(default_factory=list)


def sheet_extents(path: Path, file: str, limits: Limits) -> list[SheetExtent]:
    """Return the extent of each sheet in the order of the workbook, empty for a chart sheet.

    Raises
    ------
    InputError
        If the file is no archive, is under a password, or unpacks beyond the limit.
    """
    with path.open("rb") as raw:
        _refuse_other_formats(raw.read(4), file)
        try:
            with zipfile.ZipFile(raw) as archive:
                return _extents(archive, raw, file, limits)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError) as error:
            raise _no_workbook(plain(error), file) from error


def _extents(
    archive: zipfile.ZipFile, raw: BinaryIO, file: str, limits: Limits
) -> list[SheetExtent]:
    parts = archive.infolist()
    if len(parts) > PARTS:
        raise _no_workbook(f"{len(parts):,} parts", file)
    unpacked, extents, order = 0, {}, {}
    for part in parts:
        extent, listing = SheetExtent(), b""
        is_list = part.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        tail = b""
        for piece in _pieces(raw, part, file):
            unpacked += len(piece)
            limits.refuse_bytes(unpacked, file, "the workbook, once unpacked,")
            if part.filename.startswith("xl/worksheets/"):
                tail = _look_at(tail + piece, extent)
            if is_list:
                listing += piece
        extents[part.filename] = extent
        if is_list:
            order[part.filename] = listing
    names = _parts_in_order(order)
    return [extents.get(name, SheetExtent()) for name in names]


def _pieces(raw: BinaryIO, part: zipfile.ZipInfo, file: str) -> Iterator[bytes]:
    """Yield the unpacked bytes of a part, whatever size its directory entry claims."""
    if part.flag_bits & 1:
        raise _no_workbook("it is under a password", file)
    raw.seek(part.header_offset)
    header = raw.read(LOCAL_HEADER)
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("a part has no header")
    raw.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = part.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and (packed := raw.read(min(left, PIECE))):
        left -= len(packed)
        if part.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        while packed and not inflate.eof:
            yield inflate.decompress(packed, PIECE)
            packed = inflate.unconsumed_tail


def _look_at(text: bytes, extent: SheetExtent) -> bytes:
    """Take in the cells whose tag is complete in this piece; return what is left of it."""
    end = text.rfind(b">") + 1 or max(0, len(text) - LONGEST_TAG)
    places = _PLACE.findall(text, 0, end)
    if places:
        extent.cells += len(places)
        columns, rows = ({place[i] for place in places} for i in (0, 1))
        extent.columns = max(extent.columns, *map(_column_number, columns))
        extent.rows = max(extent.rows, *map(int, rows))
    if _ERROR.search(text, 0, end):
        tags = (tag.group() for tag in _CELL.finditer(text, 0, end))
        found = (_PLACE.search(tag) for tag in tags if _ERROR.search(tag))
        extent.errors += [(place[1].decode(), int(place[2])) for place in found if place]
        del extent.errors[ERRORS_KEPT:]
    return text[end:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _parts_in_order(listings: dict[str, bytes]) -> list[str]:
    targets = {
        tag["Id"]: tag.get("Target", "")
        for tag in _tags(listings.get("xl/_rels/workbook.xml.rels", b""), b"Relationship")
        if "Id" in tag
    }
    sheets = _tags(listings.get("xl/workbook.xml", b""), b"sheet")
    wanted = (next((v for k, v in tag.items() if k.endswith(":id")), "") for tag in sheets)
    return [_absolute(targets.get(identity, "")) for identity in wanted]


def _tags(xml: bytes, name: bytes) -> list[dict[str, str]]:
    found = (tag.group(2) for tag in _TAG.finditer(xml) if tag.group(1) == name)
    return [
        {key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(text)}
        for text in found
    ]


def _absolute(target: str) -> str:
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)


def _refuse_other_formats(mark: bytes, file: str) -> None:
    if mark == OLE_MARK:
        raise _no_workbook("an old .xls workbook, or one under a password", file)
    if mark != b"PK\x03\x04":
        raise _no_workbook("other content behind this name", file)


def _no_workbook(found: str, file: str) -> InputError:
    return InputError(
        Problem(
            "this is not an XLSX workbook, or it is damaged",
            expected="a workbook without password",
            found=found,
            file=file,
            fix=SAVE_AS,
        )
    )
