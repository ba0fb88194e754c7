"""What reader libraries raise, said in one line a user can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gongfu.core import GongfuError, InputError, Problem
from gongfu.data.plain_text import plain

__all__ = ["other_content", "refusing_damage"]


@contextmanager
def refusing_damage(file: str, kind: str) -> Iterator[None]:
    """Turn whatever a reader library raises on a damaged file into an `InputError`.

    Parameters
    ----------
    kind : what the name of the file promises, such as ``a Parquet file``.

    Notes
    -----
    The libraries parse hostile bytes in compiled code and raise anything, including panics that
    are no `Exception`; what asks Python itself to stop is let through.
    """
    try:
        yield
    except (GongfuError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise InputError(
            Problem(
                f"this is not {kind}, or it is damaged",
                found=_first_line(error),
                file=file,
                fix="Copy or export it again, or save it as CSV UTF-8.",
            )
        ) from error


def other_content(file: str, kind: str) -> InputError:
    """Return the error for a file whose first bytes are not those its name promises."""
    return InputError(
        Problem(
            f"this is not {kind}, or it is cut off",
            found="other content behind this name",
            file=file,
            fix="Copy or export it again, or save it as CSV UTF-8.",
        )
    )


def _first_line(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "more data than fits in memory"
    lines = [line for line in str(error).splitlines() if line.strip()]
    return plain(lines[0] if lines else type(error).__name__)
