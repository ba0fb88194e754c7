"""``gongfu measure``: numbers about a file's rows, with their errors."""

from __future__ import annotations

import typer

from gongfu.cli import measure_grow_divide, measure_inequality

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    help="Measure inequality and its parts, with standard errors. 测度不平等及其分解,附标准误。",
)


app.command("inequality")(measure_inequality.inequality)
app.command("grow-divide")(measure_grow_divide.grow_divide)
