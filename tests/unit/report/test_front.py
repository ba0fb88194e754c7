import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest

from gongfu.report.catalogue import keys
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.front import (
    charts_data,
    front_of,
    packed,
    palette_data,
    unpacked,
    words_data,
)
from gongfu.report.front.data import DRAWN_KINDS
from gongfu.report.palette import FILL
from gongfu.report.why.explanation import _SPREAD

ROOT = Path(__file__).parents[3]
WEB = ROOT / "web"
BUILT = ROOT / "src" / "gongfu" / "report" / "web"
RECORDED = ("build.mjs", "package.json", "package-lock.json", "tsconfig.json")


def hash_of(path: Path) -> str:
    text = path.read_text("utf-8").replace("\r\n", "\n")
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def data(document: ResultDocument) -> dict:
    return charts_data(build_charts(document, "en"))


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


def test_the_page_admits_exactly_the_loader_and_the_bundle():
    front = front_of({"title": "<script>"})
    assert re.fullmatch(r"'sha256-[\w+/]{43}=' 'sha256-[\w+/]{43}='", front.admitted)
    assert "<" not in front.data
    assert "<" not in front.code


def test_both_sides_draw_the_same_kinds_of_charts():
    listed = (WEB / "src" / "charts" / "drawn.ts").read_text("utf-8")
    table = listed[listed.index("DRAWN:") : listed.index("};")]
    assert set(re.findall(r"^  (\w+): \w+Option,", table, re.MULTILINE)) == set(DRAWN_KINDS)


def test_every_mark_carries_its_number_as_people_read_it(data: dict):
    for key, chart in data.items():
        for series in chart["series"]:
            for row in series["rows"]:
                cells = dict(zip(series["columns"], row, strict=True))
                for channel in chart["axes"]:
                    if cells.get(channel) is not None:
                        assert cells[f"shown_{channel}"], (key, series["key"], channel)


def test_every_cell_of_a_tile_map_has_a_colour_or_no_figure(data: dict):
    series = data["tiles"]["series"][0]
    cells = [dict(zip(series["columns"], row, strict=True)) for row in series["rows"]]
    assert len(cells) == 34
    assert {bool(cell["paint"]) == (cell["colour"] is not None) for cell in cells} == {True}


def test_colours_come_from_the_palette():
    assert palette_data()["fill"] == dict(FILL)


def test_what_a_page_carries_comes_back_as_it_was():
    content = {"leaves": {"zh": {"title": "共富</script>"}}, "heights": {"plane": [0.5, 1.0]}}
    assert unpacked(packed(content)) == content
    assert packed(content) == packed(content)


@pytest.mark.parametrize("text", ["", "no base 64!", "AAAA", packed("x")[:-9]])
def test_what_was_not_packed_is_not_unpacked(text: str):
    assert unpacked(text) is None


def test_content_that_grows_beyond_measure_is_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gongfu.report.front.pack.MOST_BYTES", 1000)
    bomb = base64.b64encode(gzip.compress(b'"' + b"0" * 10_000 + b'"')).decode()
    assert unpacked(bomb) is None


def test_the_front_end_says_every_word_of_its_own_chapter_and_no_other():
    code = "".join(path.read_text("utf-8") for path in (WEB / "src").rglob("*.ts"))
    used = set(re.findall(r'word\("(\w+)"\)|data\.words\.(\w+)', code))
    said = {one or other for one, other in used}
    named_by_columns = {*_SPREAD, "standard_error"}
    own = {key.partition(".")[2] for key in keys("en") if key.startswith("chain.")}
    assert own - named_by_columns <= said
    assert said <= words_data("en").keys()
