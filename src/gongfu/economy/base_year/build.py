"""From published figures to a base year whose accounts close (economy.md, section 11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.assumption import Assumption
from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.base_year.dispersion import Dispersion
from gongfu.economy.base_year.figures import Figures, load_figures
from gongfu.economy.base_year.income_sources import SurveyWedges, survey_wedges
from gongfu.economy.base_year.market_inputs import MarketInputs, net_transfers
from gongfu.economy.base_year.output import SECTORS, OutputPath, output_path
from gongfu.economy.base_year.payments import (
    FactorPayments,
    factor_payments,
    labour_payments,
    rural_labour_share,
)
from gongfu.economy.base_year.population import Households, NationalPeople, make_households
from gongfu.economy.base_year.published_incomes import DISPERSION_NAMES, known_dispersion
from gongfu.economy.base_year.skills import digital_skill_needed
from gongfu.economy.base_year.zones import ZoneTable, national_elderly, zone_table

__all__ = [
    "DEFAULT_BASE_YEAR",
    "FIRST_BASE_YEAR",
    "LAST_BASE_YEAR",
    "BaseYear",
    "build_base_year",
    "by_sector",
    "money_of_zones",
]

DEFAULT_BASE_YEAR = 2023
FIRST_BASE_YEAR, LAST_BASE_YEAR = 2013, 2023
_PEOPLE_YUAN = 1e-4
"""10k persons times yuan per person, in 100m yuan."""


@dataclass(frozen=True, slots=True)
class BaseYear:
    """The economy in its base year; money of aggregates in 100m yuan, of people in yuan.

    Parameters
    ----------
    year : all figures are of this year; none after it was read.
    figures : what was read, cut at the year.
    assumptions : what was assumed, by name.
    path : value added by region and sector, here for the base year only.
    payments : value added by who is paid.
    markets : what the markets start from, labour payments by zone, sector and type among it.
    zones : people, income, ages, internet.
    wedges : between accounts and survey.
    dispersion : of incomes inside zones.
    nation : employment and elderly shares.
    households : one record a row.
    """

    year: int
    figures: Figures
    assumptions: Mapping[str, Assumption]
    path: OutputPath
    payments: FactorPayments
    markets: MarketInputs
    zones: ZoneTable
    wedges: SurveyWedges
    dispersion: Dispersion
    nation: NationalPeople
    households: Households

    @property
    def output(self) -> Float[np.ndarray, "region sector"]:
        """Value added by region and sector, 100m yuan."""
        output: Float[np.ndarray, "region sector"] = self.path.output[-1]
        return output


def build_base_year(
    year: int = DEFAULT_BASE_YEAR,
    households: int = 100_000,
    seed: int = 1,
    *,
    markup: Float[np.ndarray, "region sector"] | None = None,
    assumptions: Mapping[str, Assumption] | None = None,
    figures: Figures | None = None,
) -> BaseYear:
    """Return the base year built from the figures up to that year.

    Parameters
    ----------
    year : 2013 to 2023.
    households : records; changes nothing but the grain.
    seed : of the lattice that spreads ages and parents' ranks.
    markup : of the base-year firms, 1 or more; without it the assumed starting markups.
    assumptions : the assumption files, or a changed copy; without it the files.
    figures : without it the embedded ones.

    Raises
    ------
    InputError
        If the year is outside the range, or figures are missing.
    ConvergenceError
        If a fit does not come to rest.
    """
    _check_year(year)
    assumptions = load_assumptions() if assumptions is None else assumptions
    assumed = {name: entry.value for name, entry in assumptions.items()}
    seen = (load_figures() if figures is None else figures).until(year)
    path = output_path(seen, [year], assumed)
    zones = zone_table(seen, year, assumed)
    markup = _starting_markup(assumed, len(path.output[-1])) if markup is None else markup
    capital_share = by_sector(assumed, "capital_share")
    payments = factor_payments(
        path.output[-1],
        markup,
        production_tax=assumed["production_tax_rate"],
        capital_share=capital_share,
    )
    labour = _labour(payments, zones, assumed)
    nation = _nation(seen, year, assumed)
    spread = np.array([0.5 * (assumptions[n].high - assumptions[n].low) for n in DISPERSION_NAMES])
    dispersion = known_dispersion(seen, year, zones.household_size, assumed, spread)
    needed = digital_skill_needed(labour.sum(axis=1), premium=assumed["digital_pay_premium"])
    return BaseYear(
        year=year,
        figures=seen,
        assumptions=assumptions,
        path=path,
        payments=payments,
        markets=MarketInputs(
            output=path.output[-1],
            production_tax=np.full(markup.shape, assumed["production_tax_rate"]),
            markup=markup,
            capital_share=capital_share,
            labour_payments=labour,
            home_share=by_sector(assumed, "home_share"),
            home_share_cap=assumed["home_share_cap"],
            net_transfers=_transfers(seen, year),
        ),
        zones=zones,
        wedges=_wedges(zones, payments, labour),
        dispersion=dispersion,
        nation=nation,
        households=make_households(
            zones, dispersion, needed, nation, assumed, count=households, seed=seed
        ),
    )


def by_sector(assumed: Mapping[str, float], name: str) -> Float[np.ndarray, " sector"]:
    """Return the assumptions ``name_agriculture`` ... ``name_digital`` in sector order."""
    return np.array([assumed[f"{name}_{sector}"] for sector in SECTORS])


def money_of_zones(zones: ZoneTable) -> Float[np.ndarray, "zone source"]:
    """Return the income of all people by zone and source as the survey counts it, 100m yuan."""
    money: Float[np.ndarray, "zone source"] = zones.sources * zones.people[:, None] * _PEOPLE_YUAN
    return money


def _check_year(year: int) -> None:
    if not FIRST_BASE_YEAR <= year <= LAST_BASE_YEAR:
        raise InputError(
            Problem(
                "no base year can be built from the embedded figures",
                expected=f"a year from {FIRST_BASE_YEAR} to {LAST_BASE_YEAR}",
                found=str(year),
                fix="The integrated household survey starts in 2013.",
            )
        )


def _starting_markup(
    assumed: Mapping[str, float], regions: int
) -> Float[np.ndarray, "region sector"]:
    return np.tile(by_sector(assumed, "starting_markup"), (regions, 1))


def _labour(
    payments: FactorPayments, zones: ZoneTable, assumed: Mapping[str, float]
) -> Float[np.ndarray, "zone sector type"]:
    wages = money_of_zones(zones)[:, 0]
    rural = rural_labour_share(
        wages,
        farm_share=assumed["farm_labour_rural_share"],
        digital_tilt=assumed["digital_sector_rural_tilt"],
    )
    urban_digital = by_sector(assumed, "digital_pay_share")
    digital = np.stack([urban_digital, assumed["digital_pay_rural_ratio"] * urban_digital])
    return labour_payments(payments.labour, rural, digital)


def _transfers(figures: Figures, year: int) -> Float[np.ndarray, " region"]:
    names = ("fiscal_expenditure", "fiscal_revenue", "tax_revenue")
    return net_transfers(*(figures.regional(name, [year])[0] for name in names))


def _wedges(
    zones: ZoneTable, payments: FactorPayments, labour: Float[np.ndarray, "zone sector type"]
) -> SurveyWedges:
    owners = float((payments.capital + payments.profit).sum())
    return survey_wedges(money_of_zones(zones), labour.sum(axis=(1, 2)), owners)


def _nation(figures: Figures, year: int, assumed: Mapping[str, float]) -> NationalPeople:
    employed, everyone = (
        float(figures.national(name, [year])[0]) for name in ("employment_total", "population")
    )
    return NationalPeople(employed / everyone, national_elderly(figures, year, assumed))
