import polars as pl
import pytest

from gongfu.core import Evidence, InputError, Uncertainty
from gongfu.report.document import Column, ResultDocument, ResultTable, Words

YEAR = Column("year", "年份", "Year", "year")
SOURCE = Words("虚构", "invented")


def table(columns: tuple[Column, ...], rows: dict[str, list[object]], name: str = "t"):
    frame = pl.DataFrame(rows, strict=False)
    return ResultTable(name, columns, frame, Evidence.OBSERVED, Uncertainty.UNKNOWN, SOURCE)


def test_rows_take_the_order_of_the_columns_and_nan_becomes_null():
    value = Column("v", "值", "v", "index 0-1")
    rows = table((YEAR, value), {"v": [0.5, float("nan")], "year": [2013, 2014]}).rows
    assert rows.columns == ["year", "v"]
    assert rows["v"].to_list() == [0.5, None]


def test_every_column_problem_is_reported_at_once():
    with pytest.raises(InputError) as caught:
        table((Column("yaer", "年份", "Year", "year"), YEAR, YEAR), {"year": [1], "extra": [1]})
    text = str(caught.value)
    assert "Did you mean 'year'?" in text
    assert "described twice" in text
    assert "'extra' has values but no description" in text


def test_a_number_without_unit_and_money_without_prices_are_refused():
    columns = (Column("a", "甲", "a"), Column("b", "乙", "b", "yuan per person"))
    with pytest.raises(InputError) as caught:
        table(columns, {"a": [1.0], "b": [2.0]})
    assert [problem.column for problem in caught.value.problems] == ["a", "b"]


def test_money_may_say_its_prices_row_by_row():
    columns = (Column("b", "乙", "b", "yuan per person"), Column("price", "价格", "Prices"))
    assert table(columns, {"b": [2.0], "price": ["2020 prices"]}).column("b").unit


def test_an_infinite_value_is_refused():
    with pytest.raises(InputError, match="infinite"):
        table((Column("v", "值", "v", "index"),), {"v": [float("inf")]})


def test_dates_and_lists_are_refused():
    with pytest.raises(InputError, match="List"):
        table((Column("v", "值", "v", "index"),), {"v": [[1, 2]]})


def test_an_unknown_column_or_table_gets_the_nearest_name(document: ResultDocument):
    with pytest.raises(InputError, match="'accounts'"):
        document.table("acounts")
    with pytest.raises(InputError, match="'division'"):
        document.table("accounts").column("divison")


def test_a_table_stands_under_its_own_name(document: ResultDocument):
    with pytest.raises(InputError, match="another name"):
        ResultDocument(meta=document.meta, tables={"gini": document.table("gap")})


def test_an_unknown_schema_is_refused(document: ResultDocument):
    with pytest.raises(InputError, match="gongfu/result/1"):
        ResultDocument(meta=document.meta, schema="gongfu/result/2")


def test_words_are_chosen_by_language():
    assert (Words("共富", "prosperity")["zh"], YEAR.label("en")) == ("共富", "Year")
