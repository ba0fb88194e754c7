"""The verbs of the user, and how they end."""

from __future__ import annotations

import sys

import typer

from gongfu.cli import data, index, measure, output
from gongfu.cli import run as run_verbs
from gongfu.cli.audit_method import audit_method
from gongfu.cli.backcast import backcast
from gongfu.cli.base_year import base_year
from gongfu.cli.doctor import doctor
from gongfu.cli.explain import explain
from gongfu.cli.levers import levers
from gongfu.cli.report import report
from gongfu.cli.schema import schema
from gongfu.cli.simulate import compare, simulate
from gongfu.cli.verify import verify
from gongfu.cli.why import why
from gongfu.core import GongfuError

__all__ = ["app", "run"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Measure, explain, simulate and plan digital-driven common prosperity. "
    "测度、解释、模拟、规划数字共富。",
)

app.add_typer(measure.app, name="measure")
app.add_typer(data.app, name="data")
app.add_typer(index.app, name="index")
app.command("run")(run_verbs.run)
app.command("init")(run_verbs.init)
app.command("report")(report)
app.command("schema")(schema)
app.command("explain")(explain)
app.command("audit-method")(audit_method)
app.command("simulate")(simulate)
app.command("compare")(compare)
app.command("backcast")(backcast)
app.command("base-year")(base_year)
app.command("levers")(levers)
app.command("why")(why)
app.command("verify")(verify)
app.command("doctor")(doctor)


def run(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code (0 ok, 2 usage, 3 bad input ... 130 cancelled)."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        app(words, prog_name="gongfu")
    except GongfuError as error:
        output.fail(error, as_json="--json" in words)
        sys.exit(error.exit_code)
