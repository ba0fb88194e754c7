"""Identities that published figures must keep; tolerances come from rounding or known revisions."""

import numpy as np
import pytest

from gongfu.data import load_china, load_china_national, load_secondary

YEARS = list(range(2011, 2025))
SURVEY_YEARS = list(range(2013, 2025))


@pytest.fixture(scope="module")
def china():
    return load_china()


@pytest.fixture(scope="module")
def units(china):
    return china.units


def province(china, name, years=YEARS):
    return china.array(name, china.units, years)


def nation(name, years=YEARS):
    return load_china_national().array(name, ["CN"], years)[0]


def test_gdp_over_mean_population_is_gdp_per_capita(china):
    population = province(china, "population")
    mean_population = (population[:, 1:] + population[:, :-1]) / 2
    computed = province(china, "gdp")[:, 1:] * 1e4 / mean_population
    error = np.abs(computed / province(china, "gdp_per_capita")[:, 1:] - 1)
    # population in 10k and GDP in 100m with one decimal: rounding of the smallest province
    assert error[:, :-1].max() < 3e-4
    # 2024: GDP and GDP per capita come from different releases of the year
    assert error[:, -1].max() < 0.01
    assert np.median(error) < 1e-5


def test_national_gdp_over_mean_population_is_gdp_per_capita():
    population = nation("population")
    mean_population = (population[1:] + population[:-1]) / 2
    computed = nation("gdp")[1:] * 1e4 / mean_population
    # GDP per capita is printed in whole yuan
    assert np.abs(computed / nation("gdp_per_capita")[1:] - 1).max() < 2e-5


def test_urban_over_all_residents_is_the_urbanisation_rate(china):
    computed = 100 * province(china, "population_urban") / province(china, "population")
    # counts in 10k; revised counts and rates differ by at most 0.16 points in old years
    assert np.abs(computed - province(china, "urbanization_rate")).max() < 0.17


def test_birth_minus_death_is_natural_growth(china):
    computed = province(china, "birth_rate") - province(china, "death_rate")
    # all three are printed with two decimals; the difference is exact in decimals
    assert np.abs(computed - province(china, "natural_growth_rate")).max() < 1e-9


def test_income_ratio_is_urban_over_rural_income(china):
    urban = province(china, "income_pc_urban", SURVEY_YEARS)
    rural = province(china, "income_pc_rural", SURVEY_YEARS)
    ratio = province(china, "urban_rural_income_ratio", SURVEY_YEARS)
    # the ratio keeps four decimals
    assert np.abs(urban / rural - ratio).max() <= 0.5e-4 + 1e-9


def test_recovered_rural_incomes_are_whole_yuan(china):
    rural = province(china, "income_pc_rural", [2021, 2022, 2023, 2024])
    # publication is in whole yuan, and the recovery rule rounds to it
    assert (rural == np.round(rural)).all()


def test_schooling_levels_add_up_and_give_share_and_years(china):
    years = list(range(2011, 2024))
    names = ("no_schooling", "primary", "junior", "senior", "tertiary")
    levels = [province(china, f"pop6plus_{name}_sample", years) for name in names]
    total = province(china, "pop6plus_sample", years)
    # sample counts are rounded level by level
    assert np.abs(sum(levels) / total - 1).max() < 0.0009
    share = 100 * levels[-1] / total
    # computed with four decimals
    assert np.abs(share - province(china, "tertiary_share_6plus", years)).max() < 1e-4
    counted = sum(w * level for w, level in zip((0, 6, 9, 12, 16), levels, strict=True))
    mean_years = counted / sum(levels)
    assert np.abs(mean_years - province(china, "years_schooling_6plus", years)).max() < 1e-4


def test_pension_contributors_and_retirees_add_up(china):
    years = list(range(2011, 2017))
    parts = sum(
        province(china, f"urban_employee_pension_{name}", years)
        for name in ("contributors", "retirees")
    )
    # each is printed with two decimals
    insured = province(china, "urban_employee_pension_insured", years)
    assert np.abs(parts - insured).max() < 0.011


@pytest.mark.parametrize(
    ("name", "years", "tolerance", "reason"),
    [
        ("hospitals", YEARS[:-1], 0.0, "counts add up exactly"),
        ("health_institutions", YEARS[:9], 0.0, "counts add up exactly"),
        ("health_beds_total", YEARS, 1e-4, "provinces are rounded to 100 beds"),
        ("retail_sales", YEARS[4:], 1e-4, "rounding; provinces before 2015 were not revised"),
        ("population", YEARS, 0.0018, "the armed forces, 2 m to 2.3 m, belong to no province"),
        ("population_urban", YEARS, 0.0034, "the armed forces count as urban"),
        ("gdp", YEARS, 0.0091, "the bureau computes the nation separately"),
        ("gdp_secondary", YEARS, 0.058, "as GDP; industry before 2017 was revised less"),
    ],
)
def test_provinces_add_up_to_the_nation(china, name, years, tolerance, reason):
    total = province(china, name, years).sum(axis=0)
    assert np.abs(total / nation(name, years) - 1).max() <= tolerance + 1e-12, reason


@pytest.mark.parametrize(
    ("name", "year", "total", "tolerance"),
    [
        ("fiscal_expenditure", 2022, 224_981, 1e-4),  # published to whole 100m yuan
        ("rd_expenditure", 2022, 30_783, 1e-4),  # as above
        ("broadband_subscribers", 2022, 58_835, 1e-4),  # total without Xizang, which is missing
        ("mobile_subscribers", 2020, 159_407, 1e-4),  # published to 10k
        ("ecommerce_sales", 2020, 189_334, 1e-4),  # published to 100m yuan
        ("software_revenue", 2020, 81_616, 0.003),  # one doubtful cell is left out
    ],
)
def test_provinces_add_up_to_the_published_total(china, name, year, total, tolerance):
    assert sum(china.at(name, year).values()) == pytest.approx(total, rel=tolerance)


@pytest.mark.parametrize(("area", "tolerance"), [("urban", 0.0075), ("rural", 0.007)])
def test_population_weighted_incomes_are_near_the_national_income(china, area, tolerance):
    # survey weights were not rebased to the 2020 census, so the two differ by up to 0.7 %
    people = province(china, "population_urban", SURVEY_YEARS)
    if area == "rural":
        people = province(china, "population", SURVEY_YEARS) - people
    income = province(china, f"income_pc_{area}", SURVEY_YEARS)
    mean = (people * income).sum(axis=0) / people.sum(axis=0)
    assert np.abs(mean / nation(f"income_pc_{area}", SURVEY_YEARS) - 1).max() < tolerance


def test_population_weighted_income_of_all_is_near_the_national_income(china):
    people, income = province(china, "population"), province(china, "income_pc_all")
    mean = (people * income).sum(axis=0) / people.sum(axis=0)
    # as above
    assert np.abs(mean / nation("income_pc_all") - 1).max() < 0.009


def test_implied_rural_weight_lies_above_the_census_share_from_2013(china):
    everyone = province(china, "income_pc_all", SURVEY_YEARS)
    urban = province(china, "income_pc_urban", SURVEY_YEARS)
    rural = province(china, "income_pc_rural", SURVEY_YEARS)
    implied = (urban - everyone) / (urban - rural)
    census = 1 - province(china, "population_urban", SURVEY_YEARS) / province(
        china, "population", SURVEY_YEARS
    )
    gap = np.median(implied - census, axis=0)
    assert gap[0] == pytest.approx(0.023, abs=0.001)  # printed digits of the median, 2013
    assert (np.diff(gap)[:7] > 0).all()  # it widens every year until the 2020 census


@pytest.mark.parametrize("area", ["all", "urban", "rural"])
def test_income_by_source_adds_up(area):
    parts = sum(
        nation(f"income_pc_{source}_{area}")
        for source in ("wage", "business", "property", "transfer")
    )
    # sources are rounded to whole yuan in part of the years
    assert np.abs(parts / nation(f"income_pc_{area}") - 1).max() < 2e-4


def test_three_industries_add_up_to_national_gdp_and_employment():
    gdp = sum(nation(f"gdp_{name}") for name in ("primary", "secondary", "tertiary"))
    # one decimal of 100m yuan
    assert np.abs(gdp - nation("gdp")).max() < 0.15
    people = sum(nation(f"employment_{name}") for name in ("primary", "secondary", "tertiary"))
    assert np.abs(people - nation("employment_total")).max() <= 1.0  # rounded to 10k persons


def test_age_groups_and_areas_add_up_to_national_population():
    ages = sum(nation(f"population_{name}") for name in ("0_14", "15_64", "65plus"))
    assert np.abs(ages - nation("population")).max() <= 1.0  # rounded to 10k persons
    areas = nation("population_urban") + nation("population_rural")
    assert np.abs(areas - nation("population")).max() <= 1.0  # as above


def test_industries_of_the_yearbook_vintage_add_up():
    names = ("primary", "secondary", "tertiary")
    old, years = load_secondary(), list(range(2011, 2023))
    units = old.select("gdp_yearbook").units
    total = sum(old.array(f"gdp_{name}_yearbook", units, years) for name in names)
    # some yearbooks revise the total and one industry in different editions
    assert np.abs(total / old.array("gdp_yearbook", units, years) - 1).max() < 0.016


def test_means_of_household_fifths_lie_above_the_mean_of_people():
    # fifths hold equal numbers of households, and poor households are larger
    years = [2021, 2022, 2023]
    fifths = np.mean([nation(f"income_quintile_q{i}_all", years) for i in range(1, 6)], axis=0)
    ratio = fifths / nation("income_pc_all", years)
    assert ((ratio > 1.05) & (ratio < 1.07)).all()


def test_population_weighted_consumer_prices_are_near_the_national_index(china):
    years = list(range(2011, 2020))
    people, index = province(china, "population", years), province(china, "cpi", years)
    mean = (people * index).sum(axis=0) / people.sum(axis=0)
    # national index of the Statistical Communiques 2011-2019, one decimal; provinces are weighted
    # by consumption there
    published = [105.4, 102.6, 102.6, 102.0, 101.4, 102.0, 101.6, 102.1, 102.9]
    assert np.abs(mean - published).max() < 0.2
