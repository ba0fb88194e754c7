"""Says once what a page repeats a thousand times: the looks of the marks of its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["compact"]

_PICTURE = re.compile(r"<svg .*?</svg>", re.DOTALL)
_STYLE = re.compile(r' style="([^"]*)"')
_SPACE = re.compile(r"\s*\n\s*")
_BETWEEN_TAGS = re.compile(r">\s+<")
_MARKS = "/*marks*/{rules}/*end*/"
_END = "</style>\n</head>"


def compact(html: str) -> str:
    """Return the page with the styles of its pictures as classes, and no space that nobody sees.

    Words keep every letter; pictures look as before. The rules stand between ``/*marks*/`` and
    ``/*end*/`` in the page's style sheet, where a picture saved as a file finds them.
    """
    names: dict[str, str] = {}
    lean = _PICTURE.sub(lambda found: _lean(found[0], names), html)
    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())
    return lean.replace(_END, _MARKS.format(rules=rules) + _END, 1) if rules else lean


def _lean(svg: str, names: dict[str, str]) -> str:
    without = _BETWEEN_TAGS.sub("><", _SPACE.sub(" ", svg))
    return _STYLE.sub(lambda found: f' class="{_name_of(found[1], names)}"', without)


def _name_of(style: str, names: dict[str, str]) -> str:
    tight = ";".join(_declarations(style))
    return names.setdefault(tight, f"m{len(names)}")


def _declarations(style: str) -> Iterator[str]:
    for part in style.split(";"):
        name, _, value = part.partition(":")
        if value.strip():
            yield f"{name.strip()}:{value.strip()}"
