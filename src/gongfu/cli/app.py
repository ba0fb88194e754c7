"""The verbs of the user, and how they end."""

from __future__ import annotations

import sys

import typer

from gongfu.cli import output
from gongfu.core import GongfuError

__all__ = ["app", "run"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Measure, explain, simulate and plan digital-driven common prosperity. "
    "测度、解释、模拟、规划数字共富。",
)


def run(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code (0 ok, 2 usage, 3 bad input ... 130 cancelled)."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        app(words)
    except GongfuError as error:
        output.fail(error, as_json="--json" in words)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        output.say("Cancelled. 已取消。")
        sys.exit(130)
