"""``gongfu doctor``: is everything here that the main job needs?"""

from __future__ import annotations

import importlib.util
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from gongfu import __version__
from gongfu.cli import output
from gongfu.core import MissingPartError

__all__ = ["doctor"]

_GLYPH_TEST = "共同富裕，做大蛋糕、分好蛋糕 −12.3%"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is fine, what was seen, what to do if it is not."""

    name: str
    ok: bool
    seen: str
    fix: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check Python, packages, figures, fonts and write access. 检查运行环境。"""
    findings = list(_findings())
    output.emit(
        "doctor/1",
        {"findings": [asdict(finding) for finding in findings]},
        as_json=as_json,
        render=lambda: _print(findings),
    )
    if not all(finding.ok for finding in findings):
        raise typer.Exit(MissingPartError.exit_code)


def _findings() -> Iterator[Finding]:
    version = platform.python_version()
    fine = sys.version_info >= (3, 11)
    yield Finding("python", fine, version, "Install Python 3.11 or newer.")
    yield Finding("gongfu", ok=True, seen=f"{__version__} in {Path(__file__).parents[1]}")
    yield from _packages()
    yield _figures()
    yield _fonts()
    yield _writable(Path.cwd())
    encoding = (sys.stdout.encoding or "unknown").lower()
    yield Finding(
        "terminal encoding",
        encoding.replace("-", "") in {"utf8", "gb18030", "gbk", "cp936"},
        encoding,
        "Set the environment variable PYTHONUTF8=1 so that Chinese can be printed.",
    )


def _packages() -> Iterator[Finding]:
    for name in (
        "numpy",
        "polars",
        "narwhals",
        "pydantic",
        "matplotlib",
        "fastexcel",
        "pyreadstat",
    ):
        found = importlib.util.find_spec(name) is not None
        seen = metadata.version(name) if found else "missing"
        yield Finding(name, found, seen, f"pip install {name}")


def _figures() -> Finding:
    from gongfu.data import load_china, load_china_national, load_zones

    panels = (load_china(), load_china_national(), load_zones())
    cells = sum(panel.frame.height for panel in panels)
    return Finding("embedded figures", cells > 0, f"{cells:,} values", "Reinstall gongfu.")


def _fonts() -> Finding:
    from gongfu.report.fonts import find_missing_glyphs

    missing = find_missing_glyphs(_GLYPH_TEST)
    seen = f"missing {missing}" if missing else f"all characters of “{_GLYPH_TEST}”"
    return Finding("Chinese font", not missing, seen, "Reinstall gongfu.")


def _writable(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(
            "write access", ok=False, seen=str(error), fix=f"Choose another folder than {folder}."
        )
    return Finding("write access", ok=True, seen=str(folder))


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        mark = "ok " if finding.ok else "NOT"
        print(f"{mark}  {finding.name}: {finding.seen}")
        if not finding.ok:
            print(f"     -> {finding.fix}")
