"""Every number that a report shows names the number of the result document that it is."""

import html
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import pytest

from gongfu.report.chart import Axis, Chart, Twin
from gongfu.report.charts import build_charts
from gongfu.report.charts.frame import twin_of
from gongfu.report.document import ResultDocument
from gongfu.report.page.accounts import accounts_grid, all_accounts_grid, key_numbers, parts_grid
from gongfu.report.page.background import excluded_grid, quality_grid, sources_grid
from gongfu.report.page.convergence import convergence_chapter
from gongfu.report.page.divide import divide_of
from gongfu.report.page.grid import Cell, Grid, grid_of, twin_grid
from gongfu.report.page.index import index_chapter
from gongfu.report.page.policies import policies_of
from gongfu.report.page.provinces import places_of, tiles_of
from gongfu.report.page.robustness import grouped_grid, price_grid
from gongfu.report.page.space import space_chapter
from gongfu.report.page.why import why_grid
from gongfu.report.regression import to_html
from gongfu.report.regression.answers import answer_tables
from gongfu.report.why import find_place
from gongfu.study.findings.describe import describe
from gongfu.study.run import run_study
from gongfu.study.settings import StudySettings
from gongfu.study.study_file import load_study

ValueAt = Callable[[str], float]

NAMES = ("text", "year")
"""Formats of columns that name rows: nobody asks why a year is that year."""

LOG_POINTS = "a package's effect on mean income stands in percent and is drawn in log points"
TRANSFORMED = {("plane_policies", key): LOG_POINTS for key in ("x", "x_low", "x_high")}
"""Columns of charts that show a number of the document in another unit."""

WITHOUT = {
    ("events_ratio", "y_low"): "the reference time is zero by construction, it has no band",
    ("events_ratio", "y_high"): "the reference time is zero by construction, it has no band",
}
"""Numbers of charts that are none of the document, with the reason."""

GRIDS_WITHOUT = {
    ("policy years", 1): "years",
    ("lags", 1): "years",
    ("quality", 1): "years",
    ("excluded", 1): "counted by the page: each figure left out is a row of its own",
}
"""Columns of tables whose numbers have no path, with the reason."""


@pytest.fixture(scope="module")
def whole(document: ResultDocument) -> ResultDocument:
    """A small study of the embedded figures, with the simulated tables of the made-up document."""
    settings, folder = load_study(None)
    declared = settings.model_dump(by_alias=True, exclude_none=True)
    declared["index"] |= {
        "normalisations": ["bounds"], "weightings": ["equal"], "weight_draws": 2,
        "aggregations": ["arithmetic", "geometric"],
    }  # fmt: skip
    declared["regions"]["draws"] = 99
    declared["explain"] = {
        "data": "provinces", "region": "region", "weights": ["border"], "replications": 100,
        "question": [{
            "name": "ratio", "title": {"zh": "收入比", "en": "Ratio"},
            "outcome": "log(urban_rural_income_ratio)", "treatment": "log(gdp_per_capita)",
            "threshold": "log(gdp_per_capita)",
        }],
    }  # fmt: skip
    declared["policy"] = None
    found = run_study(StudySettings.model_validate(declared), folder)
    events = describe("explain_events", [*map(event, (-2, -1, 0, 1))])
    assert events is not None
    tables = {**document.tables, **found.tables, events.name: events}
    return replace(found, tables=tables)


def event(relative: int) -> dict[str, object]:
    is_reference = relative == -1
    return {
        "question": "ratio", "name": str(relative), "relative": relative, "method": "event study",
        "estimate": 0.0 if is_reference else 0.1 * relative, "standard_error": 0.05, "t": 1.0,
        "p": 0.3, "low": -0.1, "high": 0.3, "evidence": "associational",
        "band_low": None if is_reference else 0.1 * relative - 0.2,
        "band_high": None if is_reference else 0.1 * relative + 0.2,
    }  # fmt: skip


@pytest.fixture(scope="module")
def charts(whole: ResultDocument) -> dict[str, Chart]:
    return build_charts(whole, "en")


def numbers_of(chart: Chart) -> Iterator[tuple[str, object, str]]:
    """Yield column, value and path of every number in a table twin."""
    paths = chart.twin.paths or [[""] * len(chart.twin.columns)] * len(chart.twin.rows)
    for row, own in zip(chart.twin.rows, paths, strict=True):
        for value, column, path in zip(row, chart.twin.columns, own, strict=True):
            if column.format not in NAMES and value is not None:
                yield column.key, value, path


@pytest.fixture(scope="module")
def value_at(whole: ResultDocument) -> ValueAt:
    """Returns the number that a path names, and is sure that it names one."""

    @cache
    def look_up(path: str) -> float:
        place = find_place(whole, path)
        assert (place.path, place.others) == (path, ()), f"{path} does not name one number"
        return place.value

    return look_up


def faults(value_at: ValueAt, chart: Chart) -> list[str]:
    """Return the paths of a chart that lead to another number than the one shown."""
    return [
        f"{key}: {path}"
        for key, value, path in numbers_of(chart)
        if path and not is_same(value, value_at(path), (chart.key, key) in TRANSFORMED)
    ]


def is_same(value: float, found: float, is_transformed: bool) -> bool:
    if not is_transformed:
        return value == found
    # one exponential and one sum in double precision
    return math.isclose(100 * math.expm1(value / 100), found, rel_tol=1e-9, abs_tol=1e-12)


def test_every_kind_of_chart_is_looked_at(charts):
    kinds = {chart.kind for chart in charts.values()}
    assert {"plane", "waterfall", "tiles", "ranking", "dumbbell", "lines", "stack", "ranges",
            "paths", "curve", "log_scatter", "matrix", "scatter", "tile_classes", "intervals",
            "effects_plane", "shares", "panels"} <= kinds  # fmt: skip


def test_every_path_of_a_chart_leads_to_the_number_that_it_shows(value_at, charts):
    assert [fault for chart in charts.values() for fault in faults(value_at, chart)] == []


def test_a_path_to_another_number_is_found(value_at, charts):
    chart = charts["ratios"]
    swapped = tuple((name, end, start) for name, start, end in chart.twin.paths)
    wrong = replace(chart, twin=replace(chart.twin, paths=swapped))
    assert len(faults(value_at, wrong)) > len(chart.twin.rows)


def test_nearly_every_number_of_a_chart_has_a_path_and_the_others_say_why_not(charts):
    found = [(key, *cell) for key, chart in charts.items() for cell in numbers_of(chart)]
    without = {(key, column) for key, column, _, path in found if not path}
    assert without == set(WITHOUT)
    assert sum(path != "" for *_, path in found) >= 0.97 * len(found)


def test_marks_that_name_a_number_show_it(value_at, charts):
    checked = 0
    for chart in charts.values():
        for row in (row for series in chart.series for row in series.rows):
            for channel, axis in chart.axes.items():
                path, value = mark(row, channel, axis)
                if path and value is not None and (chart.key, channel) not in TRANSFORMED:
                    assert value == value_at(path), (chart.key, path)
                    checked += 1
    assert checked > 1000


def mark(row, channel: str, axis: Axis) -> tuple[str, object]:
    key = axis.key if axis.key in row else channel
    if "paths" in row:
        return row["paths"].get(key, ""), row.get(key)
    has_path = axis.of and row.get("row_path") and key in row
    return f"{row['row_path']}/{axis.of}" if has_path else "", row.get(key)


def test_paths_are_the_same_in_both_languages(whole, charts):
    chinese = build_charts(whole, "zh")
    assert {key: set(flat(chart.twin.paths)) for key, chart in chinese.items()} == {
        key: set(flat(chart.twin.paths)) for key, chart in charts.items()
    }


def flat(rows) -> Iterator[str]:
    return (cell for row in rows for cell in row)


def grids_of(document: ResultDocument, charts: dict[str, Chart]) -> Iterator[tuple[str, Grid]]:
    """Yield every table of the page but those of charts, with a name for it."""
    for name, build in (
        ("accounts", accounts_grid), ("all accounts", all_accounts_grid), ("parts", parts_grid),
        ("prices", price_grid), ("grouped", grouped_grid), ("sources", sources_grid),
        ("quality", quality_grid), ("excluded", excluded_grid), ("why", why_grid),
    ):  # fmt: skip
        yield name, build(document, "en")
    divide = divide_of(document, "en")
    yield from (("indicators", divide.indicators), ("lags", divide.lags), ("groups", divide.groups))
    yield "ranks", convergence_chapter(document, "en").ranks
    space = space_chapter(document, "en")
    yield from (("tests", space.tests), ("chains", space.chains))
    policies = policies_of(document, "en")
    yield from (("summary", policies.summary), ("policy years", policies.years))
    index = index_chapter(document, charts, "en")
    assert index.coupling is not None
    yield from (("coupling", index.coupling[2]), *(("made of", grid) for _, grid in index.made_of))


def test_every_path_of_a_table_leads_to_the_number_that_it_shows(whole, value_at, charts):
    for name, grid in grids_of(whole, charts):
        for text, path in zip(flat(grid.rows), flat(paths_of(grid)), strict=True):
            if path:
                value = value_at(path)
                assert says(text, value), f"{name}: {text!r} is not {value}, see {path}"


def paths_of(grid: Grid) -> Sequence[Sequence[str]]:
    return grid.paths or [[""] * len(grid.heads)] * len(grid.rows)


def says(text: str, value: float) -> bool:
    """Whether a cell shows a number: as it is, in percent, as a change or less than one."""
    if text.startswith("<"):
        return value < float(text[1:])
    forms = (value, 100 * value, 1 - value, 100 * math.expm1(min(value, 10)), value / 1e4)
    return any(
        # to half a unit of the last digit shown
        math.isclose(float(shown.replace(",", "")), form, rel_tol=0.006, abs_tol=half(shown))
        for shown in re.findall(r"-?\d[\d,]*(?:\.\d+)?", text.replace("−", "-"))
        for form in forms
    )


def half(shown: str) -> float:
    return 0.501 * 10.0 ** -len(shown.partition(".")[2])


def test_a_cell_that_shows_another_number_is_found():
    assert says("0.470 → 0.465", 0.46512)
    assert says("+79.8 (+122.1%)", 0.798)
    assert not says("0.470 → 0.465", 0.61)


def test_every_number_of_a_table_has_a_path_but_those_that_are_none_of_the_document(whole, charts):
    without = set()
    for name, grid in grids_of(whole, charts):
        for row, paths in zip(grid.rows, paths_of(grid), strict=True):
            for i, (text, path) in enumerate(zip(row, paths, strict=True)):
                if grid.numeric[i] and text not in ("", "–") and not path:
                    without.add((name, i))
    assert without == set(GRIDS_WITHOUT)


def test_a_shortened_table_keeps_the_paths_of_the_rows_that_it_shows(charts):
    twin = charts["densities"].twin
    grid = twin_grid("", twin, "en")
    assert len(grid.rows) == len(grid.paths) < len(twin.rows)
    assert (grid.paths[0], grid.paths[-1]) == (twin.paths[0], twin.paths[-1])


def test_key_numbers_provinces_and_groups_have_paths(whole, value_at, charts):
    for number in key_numbers(whole, "en"):
        found = value_at(number.path)  # the division shows the levels that its change joins
        assert number.path.endswith("/division") or says(number.value, found)
    places = places_of(whole, "en")
    for place in places:
        for name, path in place.paths.items():
            assert says(getattr(place, name), scaled(name, value_at(path)))
    for tile in tiles_of(charts["tiles"], places, "en"):
        assert bool(tile.path) == bool(tile.value)
        assert not tile.path or says(tile.value, value_at(tile.path))
    for group in flat(one.groups for one in policies_of(whole, "en").winners):
        assert says(group.change, value_at(group.path))


def scaled(name: str, value: float) -> float:
    """Return people in millions, as the page writes them; the document counts ten thousands."""
    return value / 100 if name == "population" else value


def test_cells_of_a_regression_table_have_paths(whole, value_at):
    tables = [one.table for one in answer_tables(whole, "en")]
    shown = r'<td class="n"(?: style="[^"]*")?(?: data-why="([^"]*)")?>([^<]+)</td>'
    cells = [cell for one in tables for cell in re.findall(shown, to_html(one))]
    assert len(cells) > 50
    for path, text in cells:
        if path:
            assert says(text, value_at(html.unescape(path))), (path, text)
        else:
            assert text in ("yes", "no")


def test_a_group_that_bears_the_name_of_a_column_is_found(whole):
    rows = whole.table("policy_groups").rows
    first = rows.row(0, named=True)
    named = rows.with_columns(group=rows["group"].replace(first["group"], "low"))
    table = replace(whole.table("policy_groups"), rows=named)
    document = replace(whole, tables={**whole.tables, "policy_groups": table})
    path = f"policy_groups/{first['scenario']}/{first['dimension']}/low"
    assert find_place(document, f"{path}/low").value == first["low"]
    assert find_place(document, path).value == first["percent"]


def test_a_twin_without_known_numbers_has_no_paths():
    column = Axis(key="x", label="x", unit="1", format="index")
    assert twin_of((column,), [{"x": 1.0}]).paths == ()


def test_a_twin_has_a_path_for_every_cell_or_none():
    column = Axis(key="x", label="x", unit="1", format="index")
    with pytest.raises(AssertionError, match="every cell"):
        Twin((column,), ((1.0,), (2.0,)), (("a/b",),))


def test_a_cell_of_a_grid_is_split_into_words_and_path():
    grid = grid_of("", [("a", False), ("b", True)], [("x", Cell("1", "t/x/b")), ("y", "–")])
    assert grid.rows == (("x", "1"), ("y", "–"))
    assert grid.paths == (("", "t/x/b"), ("", ""))


def test_a_file_of_a_figure_says_each_row_once(charts):
    ranking, plane = (charts[key].to_dict() for key in ("ratios", "plane_policies"))
    assert [one["of"] for one in ranking["twin"]["columns"]] == ["", "ratio_start", "ratio_end"]
    assert ranking["twin"]["paths"][0].startswith("provinces/")
    assert all(isinstance(row, list) for row in plane["twin"]["paths"])
    rows = [row for series in plane["series"] for row in series["rows"]]
    assert not {"paths", "row_path"} & {key for row in rows for key in row}
