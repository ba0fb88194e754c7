from dataclasses import replace
from pathlib import Path

import pytest

from gongfu.report.document import ResultDocument
from gongfu.report.why import Basis, entry_of, ledger_of, path_of
from gongfu.study.run import run_study
from gongfu.study.study_file import embedded_study, load_study
from gongfu.study.why import trace
from gongfu.study.why_basis import basis_of, find_basis

EVERY = 97  # a prime, so that all columns of a table are met


@pytest.fixture(scope="module")
def china() -> ResultDocument:
    return run_study(embedded_study(), Path.cwd(), only_accounts=True, command="gongfu run")


@pytest.fixture(scope="module")
def basis() -> Basis:
    return basis_of(*load_study())


@pytest.fixture(scope="module")
def paths(china: ResultDocument) -> list[str]:
    found = []
    for table in china.tables.values():
        entry = entry_of(table)
        for row in table.rows.iter_rows(named=True):
            found += [path_of(table, entry, row, name) for name in row if row[name] is not None]
    return found


@pytest.fixture(scope="module")
def ledger(china: ResultDocument, basis: Basis, paths: list[str]):
    return ledger_of(china, paths, basis)


def node_of(ledger, path: str) -> dict:
    content, places = ledger
    return dict(zip(content["columns"], content["nodes"][places[path]], strict=True))


def figures_of(content: dict, footing: int | None) -> dict[tuple[str, str, int], float]:
    """Return the figures a page lists, as its front end picks them."""
    found = {}
    figures = [] if footing is None else content["footings"][footing]["figures"]
    for at, units, years, is_listed in figures:
        series = content["series"][at]
        for (code, *_), line in zip(series["units"], series["values"], strict=True):
            for year, value in zip(series["years"], line, strict=True):
                wanted = is_listed and (not units or code in units) and (not years or year in years)
                if wanted and value is not None:
                    found[series["name"], code, year] = value
    return found


def test_a_page_answers_as_the_command_does(china: ResultDocument, ledger, paths: list[str]):
    asked = paths[::EVERY]
    assert len(asked) > 60
    for path in asked:
        node, said = node_of(ledger, path), trace(china, path)
        assert said.explanation is not None
        content = ledger[0]
        assert [content["nodes"][place][0] for place in node["inputs"]] == [
            one.path for one in said.explanation.inputs if one.path != path
        ]
        equation = said.explanation.equation
        formula = None if node["equation"] is None else content["equations"][node["equation"]][0]
        assert formula == (equation and equation.formula)
        if not path.startswith(("quality/", "excluded/")):
            listed = figures_of(content, node["footing"])
            assert len(listed) == said.all_rows
            for row in said.rows:
                assert listed[row.variable, row.unit, row.year] == row.value


def test_every_number_of_a_chain_stands_in_the_ledger(ledger):
    content, _ = ledger
    inputs = {
        place for node in content["nodes"] for place in node[content["columns"].index("inputs")]
    }
    assert inputs
    assert max(inputs) < len(content["nodes"])


def test_notes_on_figures_come_in_both_languages(ledger):
    content, _ = ledger
    noted = [
        content["words"][note[2]] for one in content["series"] for note in one.get("notes", ())
    ]
    assert noted
    assert all(zh != en and any("\u3400" <= c <= "\u9fff" for c in zh) for zh, en in noted)


def test_without_its_study_a_document_has_no_basis(china: ResultDocument, tmp_path: Path):
    assert find_basis(china, tmp_path) is not None
    other = replace(china, meta=replace(china.meta, study_hash="0" * 64))
    assert find_basis(other, tmp_path) is None
    lost = replace(china, meta=replace(china.meta, command="gongfu run lost.toml"))
    assert find_basis(lost, tmp_path) is None


def test_without_a_basis_a_chain_ends_at_the_document(china: ResultDocument, paths: list[str]):
    content, places = ledger_of(china, paths[:50])
    assert not content["complete"]
    assert content["series"] == []
    assert len(places) == 50
