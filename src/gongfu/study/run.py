"""One study, from its file to the result document."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

from gongfu import __version__
from gongfu.data import exclusion_line, find_variable, translate_term
from gongfu.measure.index.build import BuiltIndex
from gongfu.report.document import Meta, ResultDocument, ResultTable, Words
from gongfu.study.accounts import Account, study_accounts
from gongfu.study.explain import ask_questions
from gongfu.study.findings import (
    account_tables,
    convergence_tables,
    divide_tables,
    explain_tables,
    grouped_table,
    incidence_tables,
    index_tables,
    inequality_tables,
    policy_tables,
    price_table,
    province_table,
    quality_tables,
    space_tables,
)
from gongfu.study.fingerprint import study_hash
from gongfu.study.indices import study_indices
from gongfu.study.policies import simulate_policies, study_scenarios
from gongfu.study.prices import study_prices
from gongfu.study.regions import study_regions
from gongfu.study.settings import StudySettings
from gongfu.study.tables import StudyTables, load_tables

__all__ = ["Progress", "run_study"]

Progress = Callable[[str], None]
"""Called with the name of each step as it begins."""

_COMPUTING_PACKAGES = ("numpy", "polars", "matplotlib", "pydantic")


def run_study(
    settings: StudySettings,
    folder: Path,
    *,
    command: str = "gongfu run",
    progress: Progress = lambda _: None,
    only_accounts: bool = False,
) -> ResultDocument:
    """Return everything a study finds.

    Parameters
    ----------
    settings : of the study.
    folder : where relative paths of its files start.
    command : the line that makes this document again, recorded in it.
    progress : told each step.
    only_accounts : leave out indices, regions compared, questions and packages.

    Raises
    ------
    InputError
        If a file or a name in it is wrong.
    """
    progress("read")
    tables = load_tables(settings, folder)
    prices = study_prices(settings, tables)
    progress("measure")
    accounts = study_accounts(settings.account, tables, prices)
    parts: list[Iterator[ResultTable | None]] = [_tables(accounts, tables)]
    if not only_accounts:
        parts += [
            _region_tables(settings, tables),
            _index_and_explain_tables(settings, tables, folder, progress),
            _policy_tables(settings, folder, progress),
        ]
    found = [table for part in parts for table in part if table is not None]
    meta = _meta(settings, tables, accounts, study_hash(settings, folder), command)
    return ResultDocument(meta, {table.name: table for table in found})


def _tables(accounts: Sequence[Account], tables: StudyTables) -> Iterator[ResultTable | None]:
    yield from account_tables(accounts)
    yield from inequality_tables(accounts, tables)
    yield grouped_table(accounts)
    yield from incidence_tables(accounts)
    yield province_table(accounts, tables)
    yield price_table(accounts, tables)
    yield from divide_tables(tables)
    yield from quality_tables(tables)


def _region_tables(settings: StudySettings, tables: StudyTables) -> Iterator[ResultTable | None]:
    if settings.regions is not None:
        regions = study_regions(settings.regions, tables, settings.seed)
        yield from convergence_tables(regions)
        yield from space_tables(regions)


def _index_and_explain_tables(
    settings: StudySettings, tables: StudyTables, folder: Path, progress: Progress
) -> Iterator[ResultTable | None]:
    """Yield what the indices show, then the answers to questions, which may use the indices."""
    built: list[BuiltIndex] = []
    if settings.index is not None:
        progress("index")
        indices = study_indices(settings.index, tables, folder)
        built = [one.built for one in indices]
        yield from index_tables(indices, settings.index, settings.seed)
    if settings.explain is not None:
        seed = settings.seed
        yield from explain_tables(
            ask_questions(
                settings.explain, tables, folder, seed=seed, built=built, progress=progress
            )
        )


def _policy_tables(
    settings: StudySettings, folder: Path, progress: Progress
) -> Iterator[ResultTable | None]:
    if settings.policy is not None:
        scenarios = study_scenarios(settings.policy, folder)
        yield from policy_tables(simulate_policies(settings.policy, scenarios, progress))


def _meta(
    settings: StudySettings,
    tables: StudyTables,
    accounts: Sequence[Account],
    fingerprint: str,
    command: str,
) -> Meta:
    real = [account for account in accounts if account.prices.is_real]
    return Meta(
        title=Words(settings.title.zh, settings.title.en),
        study=settings.name,
        study_hash=fingerprint,
        version=__version__,
        data_vintage=_vintage(tables, max(account.last.year for account in accounts)),
        seed=settings.seed,
        command=command,
        versions={"python": platform.python_version(), **_package_versions()},
        languages=settings.report.languages,
        first_year=min(account.first.year for account in accounts),
        last_year=max(account.last.year for account in accounts),
        last_real_year=max((account.last.year for account in real), default=0),
        base_year=settings.prices.base_year,
        main_account=settings.main_account or settings.account[0].name,
        warnings=tuple(_warnings(tables)),
    )


def _package_versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in _COMPUTING_PACKAGES}


def _vintage(tables: StudyTables, last: int) -> str:
    """Name the publisher, the last year and the revision of the accounts that set the prices."""
    panels = [table.panel for table in tables.units.values() if table.embedded]
    if not panels:
        return "user's own figures"
    vintage = find_variable("gdp").vintage
    return f"NBS 国家统计局 – {last}; GDP: {vintage} / {translate_term(vintage, 'zh')}"


def _warnings(tables: StudyTables) -> Iterator[Words]:
    if any(table.embedded for table in tables.units.values()):
        zh, en = (exclusion_line(language=language) for language in ("zh", "en"))
        yield Words(zh, en)
    yield from (Words(note, note) for note in tables.notes)
