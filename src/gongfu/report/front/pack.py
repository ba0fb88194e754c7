"""What a page carries for its front end, as one text: JSON, compressed, in base 64."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

__all__ = ["MOST_BYTES", "packed", "unpacked"]

MOST_BYTES = 64_000_000
"""Largest content that is unpacked: twenty times the embedded study's."""

_GZIP = 31  # window of 32 kB, in the frame of a gzip file without name and time


def packed(content: Any) -> str:
    """Return JSON values as compressed text; the same values give the same text."""
    plain = json.dumps(
        content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    squeezer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return base64.b64encode(squeezer.compress(plain.encode()) + squeezer.flush()).decode("ascii")


def unpacked(text: str) -> Any:
    """Return the values that a text holds, or None if it holds none or more than ``MOST_BYTES``."""
    try:
        opener = zlib.decompressobj(_GZIP)
        plain = opener.decompress(base64.b64decode(text, validate=True), MOST_BYTES)
        return None if opener.unconsumed_tail else json.loads(plain.decode("utf-8"))
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return None
