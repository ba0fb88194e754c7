"""Which characters a page shows, and which of them in bold: what its two fonts must hold."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

__all__ = ["letters_of"]

_BOLD_TAGS = {"h1", "h2", "h3", "th", "caption", "b"}
_SILENT_TAGS = {"style", "script"}
_VOID_TAGS = {"meta", "link", "br", "hr", "img", "input", "path", "use", "rect"}


def letters_of(pages: Iterable[str], said: Iterable[str] = ()) -> tuple[str, str]:
    """Return the characters in regular and in bold type, each sorted.

    Parameters
    ----------
    pages : markup of each.
    said : texts that their front end may show in regular type.
    """
    reader = _Reader()
    for markup in pages:
        reader.feed(markup)
    reader.close()
    for text in said:
        reader.regular.update(c for c in text if c >= " ")
    return "".join(sorted(reader.regular)), "".join(sorted(reader.bold))


class _Reader(HTMLParser):
    """Collects characters with the tags that are open around them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.regular: set[str] = set()
        self.bold: set[str] = set()
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID_TAGS:
            return
        style = dict(attrs).get("style") or ""
        inherited = self._open[-1][1] if self._open else False
        self._open.append((tag, inherited or tag in _BOLD_TAGS or "font: 700" in style))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if any(tag in _SILENT_TAGS for tag, _ in self._open):
            return
        is_bold = bool(self._open) and self._open[-1][1]
        (self.bold if is_bold else self.regular).update(c for c in data if c >= " ")
