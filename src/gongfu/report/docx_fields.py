"""Fields of Word files: numbers that Word counts itself, and references to them."""

from __future__ import annotations

import re
import zlib

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

__all__ = ["add_field", "add_label", "add_reference", "begin_field", "end_field"]

_LABEL = re.compile(r"(?P<name>.*?)(?P<number>\d+)", re.DOTALL)


def add_label(paragraph: Paragraph, label: str) -> None:
    """Add a label such as ``Table A3``: its number is a field, the whole can be referred to.

    Word counts each kind of label by itself (``Table``, ``Table_A``, ``图``), and lists them.
    """
    found = _LABEL.fullmatch(label)
    assert found is not None, f"a label ends in a number, not {label!r}"
    number = str(_key(label))
    _mark(paragraph, "w:bookmarkStart", id=number, name=_bookmark(label))
    paragraph.add_run(found["name"])
    kind = "_".join(found["name"].split())
    add_field(paragraph, rf"SEQ {kind} \* ARABIC", found["number"])
    _mark(paragraph, "w:bookmarkEnd", id=number)


def add_reference(paragraph: Paragraph, label: str) -> None:
    """Add the label of a table or figure as a reference that leads to it."""
    add_field(paragraph, rf"REF {_bookmark(label)} \h", label)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field with what it shows until Word counts again."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str, *, is_dirty: bool = False) -> None:
    """Begin a field; what is added until its end is what it shows.

    Parameters
    ----------
    is_dirty : Word fills it in when it opens the file.
    """
    _bound(paragraph, "begin", is_dirty=is_dirty)
    order = OxmlElement("w:instrText")
    order.set(qn("xml:space"), "preserve")
    order.text = f" {instruction} "
    paragraph.add_run()._r.append(order)
    _bound(paragraph, "separate")


def end_field(paragraph: Paragraph) -> None:
    """End the field that was begun last."""
    _bound(paragraph, "end")


def _bound(paragraph: Paragraph, kind: str, *, is_dirty: bool = False) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if is_dirty:
        mark.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(mark)


def _mark(paragraph: Paragraph, tag: str, **values: str) -> None:
    mark = OxmlElement(tag)
    for name, value in values.items():
        mark.set(qn(f"w:{name}"), value)
    paragraph._p.append(mark)


def _bookmark(label: str) -> str:
    """Return the hidden bookmark of a label: such names hold no spaces and few signs."""
    return f"_Ref{_key(label)}"


def _key(label: str) -> int:
    """Return a number of 31 bits, as Word wants them, the same for the same label."""
    return zlib.crc32(label.encode()) & 0x7FFFFFFF
