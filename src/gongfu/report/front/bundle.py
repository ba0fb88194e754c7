"""The front end as it stands inside a page: its data, its code, and the rule that admits only it.

The code is built from ``web/`` (see ``docs/explanation/front-end.md``) and ships in the package;
neither installing nor running gongfu needs Node.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from markupsafe import Markup

from gongfu.report.chart import Chart
from gongfu.report.front.data import page_data

__all__ = ["Front", "front_of"]

_LOADER = """(async () => {
  if (!("DecompressionStream" in window)) return;
  const packed = atob(document.getElementById("gongfu-code").textContent);
  const bytes = Uint8Array.from(packed, (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
})();"""
"""A browser too old to unpack keeps the page as printed."""


@dataclass(frozen=True, slots=True)
class Front:
    """What a page holds of the front end.

    Parameters
    ----------
    data : charts, colours and words as JSON, safe inside a ``script`` element.
    code : the bundle, compressed, as base 64.
    loader : the script that unpacks the bundle and runs it.
    admitted : source expressions of a content security policy that admit exactly these two scripts.
    """

    data: Markup
    code: Markup
    loader: Markup
    admitted: str


def front_of(charts: Mapping[str, Chart], language: str) -> Front:
    """Return the front end of a page with these charts."""
    data = page_data(charts, language).replace("<", "\\u003c")
    return Front(Markup(data), Markup(_packed()), Markup(_LOADER), _admitted())


@cache
def _packed() -> str:
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
