import polars as pl

from gongfu.data.check import check_file


def test_a_year_beyond_all_integers_is_a_problem_of_its_row(tmp_path):
    file = tmp_path / "年.parquet"
    pl.DataFrame(
        {"省份": ["四川", "河北"], "年份": [2020.0, 3.7281e22], "gdp": [1.0, 2.0]}
    ).write_parquet(file)
    found = check_file(file).problems
    assert [problem.column for problem in found] == ["年份"]
