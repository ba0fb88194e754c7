"""One hash over a study file and every figure it reads, to tell two results apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from gongfu.study.index_files import tree_files
from gongfu.study.settings import EmbeddedTable, StudySettings

__all__ = ["study_hash"]


def study_hash(settings: StudySettings, folder: Path) -> str:
    """Return the SHA-256 of the settings and of the bytes of all files they name.

    Formatting of the study file does not count; languages do not either, since they change no
    number.
    """
    digest = hashlib.sha256()
    declared = settings.model_dump(mode="json", by_alias=True, exclude={"report"})
    digest.update(json.dumps(declared, sort_keys=True, ensure_ascii=False).encode())
    for content in _contents(settings, folder):
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _contents(settings: StudySettings, folder: Path) -> Iterator[bytes]:
    embedded = resources.files("gongfu.data")
    has_figures = any(isinstance(table, EmbeddedTable) for table in settings.data.values())
    if has_figures or (settings.index is not None and settings.index.data is None):
        yield from _embedded(embedded / "china")
    if settings.index is not None:
        yield from _embedded(embedded / "indices")
        for path in tree_files(settings.index, folder):
            yield path.read_bytes()
    for table in settings.data.values():
        if not isinstance(table, EmbeddedTable):
            yield (folder / table.path).read_bytes()


def _embedded(folder: Traversable) -> Iterator[bytes]:
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            yield from _embedded(item)
        elif item.name.endswith((".csv", ".toml")):
            # A checkout may have changed line ends; the figures are the same.
            yield item.read_bytes().replace(b"\r\n", b"\n")
