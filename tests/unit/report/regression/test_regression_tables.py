import io
import zipfile

import polars as pl
import pytest
from docx import Document
from docx.oxml.ns import qn

from gongfu.report.regression import (
    RegressionTable,
    regression_table,
    to_html,
    to_latex,
    to_markdown,
    to_word,
    to_workbook,
)
from gongfu.report.regression.conventions import convention_text

HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>|\\input{x}_{&%$#~^}'


def made_up(
    hostile: str = "Income", language: str = "en", *, stars: bool = True
) -> RegressionTable:
    models = pl.DataFrame(
        {
            "step": ["baseline"] * 2,
            "model": ["a", "b"],
            "label_zh": ["混合回归", "双向效应"],
            "label_en": ["Pooled", "Two-way"],
            "dependent_zh": [hostile] * 2,
            "dependent_en": [hostile] * 2,
            "n": [120, 119],
            "clusters": [10, None],
            "r2_within": [0.25, None],
            "errors": ["clustered by entity", "Driscoll-Kraay, 2 lags"],
            "rule": ["G / (G - 1)", "1"],
            "dof": [9.0, None],
            "marks": ["", "entity,time"],
            "evidence": ["associational"] * 2,
        }
    )
    estimates = pl.DataFrame(
        {
            "model": ["a", "a", "b"],
            "name": ["(intercept)", "x", "x"],
            "name_zh": ["常数项", "数字化", "数字化"],
            "name_en": ["Constant", "Digital", "Digital"],
            "estimate": [1.5, -0.0123456, 0.25],
            "standard_error": [0.5, 0.0012, 0.1],
            "p": [0.06, 0.001, 0.2],
        }
    )
    numbers = pl.DataFrame(
        {
            "model": ["b"] * 3,
            "number": ["wild_p", "wild_low", "wild_high"],
            "value": [0.2, -0.1, 0.6],
        }
    )
    return regression_table(
        models, estimates, numbers, title="Digital & income", language=language, first=("x",),
        stars=stars,
    )  # fmt: skip


def test_the_treatment_comes_first_and_the_constant_last():
    assert [row.label for row in made_up().rows] == ["Digital", "Constant"]


def test_errors_show_two_digits_and_estimates_as_many_places():
    cell = made_up().rows[0].cells[0]
    assert (cell.estimate, cell.error, cell.stars) == ("−0.0123", "(0.0012)", "***")


def test_a_model_without_a_regressor_has_an_empty_cell():
    assert made_up().rows[1].cells[1].estimate == ""


def test_bounds_stand_as_one_interval_and_missing_numbers_as_nothing():
    foot = dict(made_up().foot)
    assert foot["95% interval, wild cluster bootstrap"] == ("", "[−0.100, 0.600]")
    assert foot["Clusters"] == ("10", "")
    assert foot["Unit effects"] == ("no", "yes")


def test_without_stars_there_is_none_and_no_note_on_them():
    table = made_up(stars=False)
    assert not any(cell.stars for row in table.rows for cell in row.cells)
    assert not any("p < 0.1" in note for note in table.notes)


def test_every_footer_states_the_error_convention_in_its_language():
    assert any("clustered by unit" in note for note in made_up().notes)
    chinese = made_up(language="zh")
    assert any("按地区聚类" in note for note in chinese.notes)
    assert any("Driscoll-Kraay，滞后 2期；正态分布" in note for note in chinese.notes)


def test_an_unknown_convention_keeps_its_words():
    assert convention_text("my own", "1", float("inf"), "zh") == "my own；正态分布"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_word_holds_a_real_table_with_every_cell(language):
    document = Document(io.BytesIO(to_word([made_up(language=language)])))
    grid = document.tables[0]
    assert len(document.tables) == 1
    assert grid.cell(3, 1).text == "−0.0123***"
    assert grid.cell(4, 1).text == "(0.0012)"
    caption = document.paragraphs[0]
    assert caption.style.name == "Caption"
    (order,) = [one.text for one in caption._p.iter(qn("w:instrText"))]
    assert order.split() == ["SEQ", {"zh": "表", "en": "Table"}[language], r"\*", "ARABIC"]
    assert caption.text.startswith({"zh": "表 1　", "en": "Table 1. "}[language])


def test_the_workbook_holds_numbers_not_text():
    with zipfile.ZipFile(io.BytesIO(to_workbook([("baseline: [a/b]", made_up())]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.read("xl/workbook.xml").decode()
    assert "<v>-0.0123456</v>" in sheet
    assert 'name="baseline   a b "' in names


def test_hostile_text_is_text_in_every_kind_of_file():
    table = made_up(HOSTILE)
    html = str(to_html(table))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "\\input{x}" not in to_latex(table)
    assert r"\textbackslash{}input\{x\}\_\{\&\%\$\#" in to_latex(table)
    assert r"\|" in to_markdown(table)
    with zipfile.ZipFile(io.BytesIO(to_workbook([("x", table)]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert Document(io.BytesIO(to_word([table]))).tables[0].cell(2, 1).text == HOSTILE


def test_latex_has_three_rules_and_as_many_columns():
    lines = to_latex(made_up()).splitlines()
    assert r"\begin{tabular}{l*{2}{c}}" in lines
    assert [line for line in lines if line.endswith("rule")].count(r"\midrule") == 2
    assert all(line.count(" & ") == 2 for line in lines if line.endswith(r"\\"))
