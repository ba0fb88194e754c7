"""The front end as it stands inside a page: its data, its code, and the rule that admits only it.

The code is built from ``web/`` (see ``docs/explanation/front-end.md``) and ships in the package;
neither installing nor running gongfu needs Node.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from markupsafe import Markup

from gongfu.report.front.pack import packed

__all__ = ["Front", "front_of"]

_LOADER = """(async () => {
  const asPrinted = () => {
    for (const one of document.querySelectorAll("noscript")) one.outerHTML = one.textContent;
  };
  if (!("DecompressionStream" in window)) return asPrinted();
  const packed = atob(document.getElementById("gongfu-code").textContent);
  const bytes = Uint8Array.from(packed, (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
})();"""
"""A browser too old to unpack shows the page as printed."""


@dataclass(frozen=True, slots=True)
class Front:
    """What a page holds of the front end.

    Parameters
    ----------
    data : charts, words and what else the page carries, compressed, as base 64.
    code : the bundle, likewise.
    loader : the script that unpacks the bundle and runs it.
    admitted : source expressions of a content security policy that admit exactly these two scripts.
    """

    data: Markup
    code: Markup
    loader: Markup
    admitted: str


def front_of(content: Any) -> Front:
    """Return the front end of a page that carries this content."""
    return Front(Markup(packed(content)), Markup(_code()), Markup(_LOADER), _admitted())


@cache
def _code() -> str:
    return base64.b64encode((_web() / "report.js.gz").read_bytes()).decode("ascii")


@cache
def _admitted() -> str:
    bundle = gzip.decompress((_web() / "report.js.gz").read_bytes())
    return f"{_source_of(_LOADER.encode())} {_source_of(bundle)}"


def _source_of(script: bytes) -> str:
    digest = hashlib.sha256(script).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _web() -> Traversable:
    return files("gongfu.report") / "web"
