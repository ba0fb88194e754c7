"""``gongfu measure``: numbers about a file's rows, with their errors."""

from __future__ import annotations

import typer

from gongfu.cli import (
    measure_access,
    measure_change,
    measure_convergence,
    measure_density,
    measure_deprivation,
    measure_divide,
    measure_dominance,
    measure_fields,
    measure_grow_divide,
    measure_incidence,
    measure_inequality,
    measure_kernel,
    measure_market,
    measure_markov,
    measure_mobility,
    measure_polarisation,
    measure_poverty,
    measure_rif,
    measure_sources,
    measure_space,
    measure_top_tail,
)

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    help="Inequality, poverty, markets, divides, regions, space, with errors. 测度与误差。",
)


app.command("inequality")(measure_inequality.inequality)
app.command("poverty")(measure_poverty.poverty)
app.command("deprivation")(measure_deprivation.deprivation)
app.command("polarisation")(measure_polarisation.polarisation)
app.command("top-tail")(measure_top_tail.top_tail)
app.command("grow-divide")(measure_grow_divide.grow_divide)
app.command("divide")(measure_divide.divide)
app.command("market")(measure_market.market)
app.command("access")(measure_access.access)
app.command("incidence")(measure_incidence.incidence)
app.command("dominance")(measure_dominance.dominance)
app.command("density")(measure_density.density)
app.command("sources")(measure_sources.sources)
app.command("change")(measure_change.change)
app.command("fields")(measure_fields.fields)
app.command("rif")(measure_rif.rif)
app.command("convergence")(measure_convergence.convergence)
app.command("markov")(measure_markov.markov)
app.command("mobility")(measure_mobility.mobility)
app.command("space")(measure_space.space)
app.command("kernel")(measure_kernel.kernel)
