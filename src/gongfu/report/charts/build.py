"""Every chart that a document has the tables for."""

from __future__ import annotations

from collections.abc import Iterator

from gongfu.report.accounts import explained_account
from gongfu.report.chart import Chart
from gongfu.report.charts.convergence import convergence_charts
from gongfu.report.charts.decomposition import dagum, nested
from gongfu.report.charts.divide import divide_charts
from gongfu.report.charts.explain import explain_charts
from gongfu.report.charts.incidence import incidence_charts
from gongfu.report.charts.incidence_policies import incidence_policy_charts
from gongfu.report.charts.index import index_charts
from gongfu.report.charts.lines import gap_line, inequality_lines
from gongfu.report.charts.plane import history_plane
from gongfu.report.charts.policies import policy_paths, policy_plane
from gongfu.report.charts.policy_levels import ratio_paths
from gongfu.report.charts.provinces import province_plane, ranking, ratios, tile_map
from gongfu.report.charts.space import space_charts
from gongfu.report.charts.waterfall import waterfall
from gongfu.report.charts.winners import winners
from gongfu.report.document import ResultDocument
from gongfu.report.indices import has_indices
from gongfu.report.policies import has_policies, packages_of
from gongfu.report.regions import regions

__all__ = ["build_charts"]


def build_charts(document: ResultDocument, language: str) -> dict[str, Chart]:
    """Return the charts by key, in reading order; a chart without figures is left out."""
    return {chart.key: chart for chart in _charts(document, language) if chart is not None}


def _charts(document: ResultDocument, language: str) -> Iterator[Chart | None]:
    if "account_paths" in document:
        yield history_plane(document, language)
    explained = explained_account(document)
    if explained:
        yield waterfall(document, explained, language)
    if "provinces" in document:
        yield from _province_charts(document, language)
    if "inequality" in document:
        yield inequality_lines(document, language)
    for name, build in (("dagum", dagum), ("nested", nested), ("gap", gap_line)):
        if name in document:
            yield build(document, language)
    yield from incidence_charts(document, language)
    if has_indices(document):
        yield from index_charts(document, language)
    yield from divide_charts(document, language)
    yield from convergence_charts(document, language)
    yield from space_charts(document, language)
    yield from explain_charts(document, language)
    if has_policies(document):
        yield from _policy_charts(document, language)


def _policy_charts(document: ResultDocument, language: str) -> Iterator[Chart | None]:
    packages = packages_of(document, language)
    yield policy_plane(document, packages, language)
    if "policy_groups" in document:
        yield winners(document, packages[0], language)
    yield from incidence_policy_charts(document, packages, language)
    yield policy_paths(document, packages, language)
    yield ratio_paths(document, packages, language)


def _province_charts(document: ResultDocument, language: str) -> Iterator[Chart]:
    codes = set(document.table("provinces").rows["code"])
    if codes <= set(regions()):
        yield tile_map(document, language)
    yield ranking(document, language)
    yield province_plane(document, language)
    yield ratios(document, language)
