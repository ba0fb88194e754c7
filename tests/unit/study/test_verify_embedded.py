"""The whole embedded study, run and verified: two minutes, so outside the fast suite."""

from pathlib import Path

import pytest

from gongfu.report import write_document
from gongfu.report.charts import build_charts
from gongfu.report.page import Bodies, render_page
from gongfu.report.why import example_paths
from gongfu.study.run import run_study
from gongfu.study.study_file import load_study
from gongfu.study.verify import verify
from gongfu.study.why import trace


@pytest.mark.slow
def test_the_embedded_study_verifies_to_the_last_bit_and_every_table_says_why(tmp_path: Path):
    document = run_study(*load_study())
    write_document(document, tmp_path)
    charts = build_charts(document, "zh")
    page = render_page(document, charts, dict.fromkeys(charts, Bodies()), "zh", {})
    (tmp_path / "report.zh.html").write_text(page, encoding="utf-8")
    found = verify(tmp_path, exact=True)
    assert found.problems == ()
    assert found.agreement is not None
    assert found.agreement.tables == len(document.tables)
    for table, path in example_paths(document):
        chain = trace(document, path)
        assert chain.path == path
        assert chain.explanation is not None
        assert (
            chain.explanation.equation is not None
            or not table.rows.schema[path.rpartition("/")[2]].is_numeric()
        )
