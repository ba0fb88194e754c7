import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.front import front_of
from gongfu.report.front.data import DRAWN_KINDS, page_data
from gongfu.report.palette import FILL

ROOT = Path(__file__).parents[3]
WEB = ROOT / "web"
BUILT = ROOT / "src" / "gongfu" / "report" / "web"
RECORDED = ("build.mjs", "package.json", "package-lock.json", "tsconfig.json")


def hash_of(path: Path) -> str:
    text = path.read_text("utf-8").replace("\r\n", "\n")
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def data(document: ResultDocument) -> dict:
    return json.loads(page_data(build_charts(document, "en"), "en"))


def test_the_bundle_was_built_from_the_sources_that_stand_beside_it():
    sources = [path for path in (WEB / "src").rglob("*") if path.is_file()]
    files = [*sources, *(WEB / name for name in RECORDED)]
    now = {path.relative_to(WEB).as_posix(): hash_of(path) for path in files}
    lines = (BUILT / "sources.sha256").read_text("utf-8").splitlines()
    built = {path: digest for digest, path in (line.split("  ") for line in lines)}
    assert now == built, "run `npm ci && npm run build` in web/"


def test_the_bundle_keeps_its_budget_and_cannot_end_its_own_element():
    packed = (BUILT / "report.js.gz").read_bytes()
    assert len(packed) < 450_000  # bytes, the budget of the front end
    bundle = gzip.decompress(packed).decode("utf-8")
    assert not re.search(r"</script|<!--", bundle, re.IGNORECASE)


def test_the_licences_of_all_bundled_packages_ship_with_the_bundle():
    held = (BUILT / "LICENSES.txt").read_text("utf-8")
    banner = gzip.decompress((BUILT / "report.js.gz").read_bytes())[:600].decode("utf-8")
    for name in ("preact", "htm", "echarts", "zrender"):
        assert f"==== {name}: LICENSE ====" in held
        assert re.search(rf"\* {name} \d+\.\d+\.\d+: ", banner)


def test_the_lock_file_names_no_host():
    lock = (WEB / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock


def test_the_page_admits_exactly_the_loader_and_the_bundle(document: ResultDocument):
    front = front_of(build_charts(document, "en"), "en")
    assert re.fullmatch(r"'sha256-[\w+/]{43}=' 'sha256-[\w+/]{43}='", front.admitted)
    assert "<" not in front.data
    assert "<" not in front.code


def test_both_sides_draw_the_same_kinds_of_charts():
    listed = (WEB / "src" / "charts" / "drawn.ts").read_text("utf-8")
    table = listed[listed.index("DRAWN:") : listed.index("};")]
    assert set(re.findall(r"^  (\w+): \w+Option,", table, re.MULTILINE)) == set(DRAWN_KINDS)


def test_every_mark_carries_its_number_as_people_read_it(data: dict):
    for key, chart in data["charts"].items():
        for series in chart["series"]:
            for row in series["rows"]:
                cells = dict(zip(series["columns"], row, strict=True))
                for channel in chart["axes"]:
                    if cells.get(channel) is not None:
                        assert cells[f"shown_{channel}"], (key, series["key"], channel)


def test_every_cell_of_a_tile_map_has_a_colour_or_no_figure(data: dict):
    series = data["charts"]["tiles"]["series"][0]
    cells = [dict(zip(series["columns"], row, strict=True)) for row in series["rows"]]
    assert len(cells) == 34
    assert {bool(cell["paint"]) == (cell["colour"] is not None) for cell in cells} == {True}


def test_colours_come_from_the_palette(data: dict):
    assert data["palette"]["fill"] == dict(FILL)
