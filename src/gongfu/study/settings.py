"""What a user declares in a study file; the published JSON Schema is made from these classes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from gongfu.core.errors import nearest_name
from gongfu.core.index_tree import Aggregation, Normalisation, Weighting
from gongfu.measure.index.uncertainty import AGGREGATIONS, NORMALISATIONS, WEIGHTINGS
from gongfu.study.declared import Declared, Language, Name, Title, Year
from gongfu.study.explain_settings import ExplainSettings, QuestionSettings, WeightsFile

__all__ = [
    "AccountSettings",
    "EmbeddedTable",
    "FileTable",
    "IndexSettings",
    "Language",
    "PolicySettings",
    "PriceSettings",
    "RegionSettings",
    "ReportSettings",
    "RowsTable",
    "StudySettings",
    "Title",
    "known_keys",
    "study_schema",
]

Index = Literal["gini", "atkinson_1"]


class EmbeddedTable(Declared):
    """A table that comes with gongfu."""

    source: Literal["china"]
    table: Literal["provinces", "zones", "national"]


class FileTable(Declared):
    """A user's own file of regions by years, wide or long."""

    source: Literal["file"]
    path: str = Field(description="relative to the study file, or absolute")
    unit: str | None = Field(None, description="column of the region; recognised when left out")
    year: str | None = Field(None, description="column of the year; recognised when left out")
    groups: tuple[str, ...] = Field((), description="text columns that group units, coarse to fine")
    evidence: Literal["observed", "estimated", "simulated"] = "observed"


class RowsTable(Declared):
    """A user's own file of sampled persons or households, one row each."""

    source: Literal["rows"]
    path: str = Field(description="relative to the study file, or absolute")
    year: str = Field(description="column of the survey year")
    weight: str | None = Field(None, description="column of the sampling weight")
    strata: str | None = None
    psu: str | None = None
    groups: tuple[str, ...] = Field((), description="text columns that group rows, coarse to fine")
    evidence: Literal["estimated", "simulated"] = "estimated"


class AccountSettings(Declared):
    """One grow-divide account: whose incomes, and which inequality divides them.

    ``units`` and ``rows`` compute the inequality from ``income``; ``gini`` takes a published index
    from the variable ``inequality``; ``quintiles`` takes five means from ``quintile_means``.
    """

    name: Name
    title: Title
    data: Name = Field(description="name of a table under [data]")
    inequality_from: Literal["units", "rows", "gini", "quintiles"] = "units"
    income: str = Field(description="variable or column of income per person")
    population: str | None = Field(None, description="variable of people in each unit")
    inequality: str | None = Field(None, description="variable of the published Gini")
    quintile_means: tuple[str, ...] = Field((), description="five variables, poorest first")
    indices: tuple[Index, ...] = Field(
        ("gini", "atkinson_1"), min_length=1, description="atkinson_1 needs incomes above zero"
    )
    levels: tuple[str, ...] = Field((), description="groupings for the parts, coarse to fine")
    published_mean: str | None = Field(
        None, description="table.variable of the published mean, to show the gap"
    )
    same_units: bool = Field(False, description="rows: the waves revisit the same sampling units")
    start: Year
    end: Year

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable of the account's table that it needs."""
        named = (self.income, self.population, self.inequality, *self.quintile_means)
        return tuple(name for name in named if name is not None)

    @model_validator(mode="after")
    def _complete(self) -> AccountSettings:
        if self.end <= self.start:
            raise ValueError(f"end ({self.end}) must come after start ({self.start})")
        if self.inequality_from == "gini" and self.inequality is None:
            raise ValueError("inequality_from = 'gini' needs 'inequality', the published index")
        if self.inequality_from == "quintiles" and len(self.quintile_means) != 5:
            raise ValueError("inequality_from = 'quintiles' needs five names in 'quintile_means'")
        if self.inequality_from == "units" and self.population is None:
            raise ValueError("inequality_from = 'units' needs 'population'")
        return self


class PriceSettings(Declared):
    """How money is made comparable across years."""

    deflator: str = Field("none", description="'china', 'none', or table.variable of a price index")
    base_year: Year = 2020


class PolicySettings(Declared):
    """Packages to simulate on the embedded economy, beside its baseline."""

    scenarios: tuple[str, ...] = Field(
        description="presets by name, or scenario files relative to the study file"
    )
    households: Annotated[int, Field(ge=2_000, le=2_000_000)] = 5_000
    enterprises: Annotated[int, Field(ge=1_000, le=200_000)] = 2_500
    draws: Annotated[int, Field(ge=0, le=1_000)] = 8
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1


class IndexSettings(Declared):
    """Composite indices to build, and the other ways that show how far their ranks hold."""

    trees: tuple[str, ...] = Field(
        min_length=1,
        description="ready indices by name (`gongfu index list`), or index files relative to the "
        "study file; the first is told first",
    )
    data: Name | None = Field(
        None, description="table under [data] with the figures; left out: the embedded ones"
    )
    vintages: tuple[Name, ...] = Field(
        (), description="tables under [data] with other readings of the same figures"
    )
    regional_prices: bool = Field(
        True, description="also count money at each province's own price level (embedded figures)"
    )
    normalisations: tuple[Normalisation, ...] = Field(NORMALISATIONS, min_length=1)
    weightings: tuple[Weighting, ...] = Field(WEIGHTINGS, min_length=1)
    aggregations: tuple[Aggregation, ...] = Field(AGGREGATIONS, min_length=1)
    weight_draws: Annotated[int, Field(ge=0, le=2_000)] = Field(
        100, description="sets of weights drawn at random; together one more weighting"
    )
    leave_one_out: bool = Field(False, description="also leave out each indicator in turn")
    level: Annotated[float, Field(gt=0, lt=1)] = Field(
        0.9, description="share of the combinations that a rank interval holds"
    )


class RegionSettings(Declared):
    """Regions to compare over time and space: do they draw together, do neighbours matter."""

    data: Name = Field(description="name of a table of regions under [data]")
    variable: str = Field(description="variable compared, above zero, such as income per person")
    population: str | None = Field(None, description="variable of people, for weighted spread")
    start: Year
    end: Year
    classes: Annotated[int, Field(ge=2, le=8)] = 4
    weights: tuple[Literal["border", "distance", "economic"], ...] = Field(
        ("border",), description="who is a neighbour; the first speaks for the map"
    )
    draws: Annotated[int, Field(ge=99, le=99_999)] = 999


class ReportSettings(Declared):
    """What is written."""

    languages: tuple[Language, ...] = ("zh", "en")


Table = Annotated[EmbeddedTable | FileTable | RowsTable, Field(discriminator="source")]


class StudySettings(Declared):
    """A whole study."""

    schema_: Literal["gongfu/study/1"] = Field(alias="schema")
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)]
    title: Title
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    data: dict[Name, Table]
    prices: PriceSettings = PriceSettings()
    account: tuple[AccountSettings, ...] = Field(min_length=1)
    main_account: Name | None = Field(None, description="of the headline; the first by default")
    index: IndexSettings | None = Field(None, description="left out: no index is built")
    explain: ExplainSettings | None = Field(None, description="left out: nothing is estimated")
    policy: PolicySettings | None = Field(None, description="left out: nothing is simulated")
    regions: RegionSettings | None = Field(None, description="left out: none are compared")
    report: ReportSettings = ReportSettings()

    @model_validator(mode="after")
    def _names_exist(self) -> StudySettings:
        names = [account.name for account in self.account]
        repeated = sorted({name for name in names if names.count(name) > 1})
        others = [one.data for one in (self.regions, self.explain) if one is not None]
        used = [*(account.data for account in self.account), *others]
        unknown = [name for name in used if name not in self.data]
        if self.main_account is not None and self.main_account not in names:
            hint = nearest_name(self.main_account, names)
            raise ValueError(f"no account is called {self.main_account!r}. {hint}")
        if repeated:
            raise ValueError(f"account names must differ, {', '.join(repeated)} stands twice")
        if unknown:
            hint = nearest_name(unknown[0], list(self.data))
            raise ValueError(f"no table [data.{unknown[0]}] for it. {hint}")
        return self

    @model_validator(mode="after")
    def _tables_of_the_index_exist(self) -> StudySettings:
        wanted = (self.index.data or "", *self.index.vintages) if self.index else ()
        for name in filter(None, wanted):
            if name not in self.data or isinstance(self.data[name], RowsTable):
                hint = nearest_name(name, list(self.data))
                raise ValueError(f"no table of regions [data.{name}] for the index. {hint}")
        return self


def study_schema() -> dict[str, Any]:
    """Return the JSON Schema of study files."""
    return StudySettings.model_json_schema()


def known_keys() -> list[str]:
    """Return every key a study file may hold, to find the one meant by a typo."""
    models = (
        StudySettings,
        AccountSettings,
        ExplainSettings,
        IndexSettings,
        PolicySettings,
        PriceSettings,
        QuestionSettings,
        RegionSettings,
        ReportSettings,
        FileTable,
        RowsTable,
        WeightsFile,
    )
    return sorted({field.alias or name for m in models for name, field in m.model_fields.items()})
