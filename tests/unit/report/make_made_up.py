"""Writes made_up.json: a result document of invented numbers, in the shape a study gives.

Nothing in it is a statistic. Regenerate after a change of the document's shape:
``python tests/unit/report/make_made_up.py``
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from gongfu.core import Evidence, Uncertainty
from gongfu.report.document import Column, Meta, ResultDocument, ResultTable, Words
from gongfu.report.storage import to_json

YEARS = list(range(2013, 2025))
REGIONS = {
    "east": "11 12 13 31 32 33 35 37 44 46",
    "northeast": "21 22 23",
    "central": "14 34 36 41 42 43",
    "west": "15 45 50 51 52 53 54 61 62 63 64 65",
}
START = {
    "11": 40.8, "12": 26.4, "13": 15.2, "14": 15.1, "15": 18.7, "21": 20.8, "22": 16.0,
    "23": 15.9, "31": 42.2, "32": 24.8, "33": 29.8, "34": 15.2, "35": 21.2, "36": 15.1,
    "37": 19.0, "41": 14.2, "42": 16.5, "43": 16.0, "44": 23.4, "45": 14.1, "46": 15.7,
    "50": 16.6, "51": 14.2, "52": 11.1, "53": 12.6, "54": 9.7, "61": 14.4, "62": 10.9,
    "63": 12.9, "64": 14.6, "65": 13.7,
}  # fmt: skip
SOURCE = Words("虚构数据，不是统计数字", "Invented figures, not statistics")
PUBLISHED = (Evidence.OBSERVED, Uncertainty.NOT_PUBLISHED)


def main() -> None:
    path = Path(__file__).with_name("made_up.json")
    path.write_text(to_json(made_up_document()), encoding="utf-8", newline="\n")


def made_up_document() -> ResultDocument:
    tables = [
        accounts(), account_paths(), account_parts(), provinces(), inequality(),
        dagum(), nested(), gap(), price_sensitivity(), grouped(), quality(), excluded(), sources(),
        policy_effects(), policy_groups(), policy_setup(),
    ]  # fmt: skip
    return ResultDocument(meta=meta(), tables={table.name: table for table in tables})


def meta() -> Meta:
    return Meta(
        title=Words("做大蛋糕与分好蛋糕（虚构示例）", "Growing and dividing the cake (invented)"),
        study="made-up",
        study_hash="0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        version="0.1.0",
        data_vintage="invented-1",
        command="gongfu run made-up.toml --out out",
        versions={"python": "3.11.7", "numpy": "2.4.0", "polars": "2.1.0"},
        first_year=YEARS[0],
        last_year=YEARS[-1],
        last_real_year=YEARS[-1],
        base_year=2020,
        main_account="zones",
        seed=20240101,
        warnings=(
            Words(
                "本报告中的数字全部为虚构，仅用于测试版面。",
                "All numbers of this report are invented; they only test its layout.",
            ),
        ),
    )


MEAN_GROWTH = 0.647
GINI = {
    "provinces": (0.1995, 0.1764),
    "zones": (0.3376, 0.2889),
    "households_gini": (0.473, 0.465),
    "households_quintiles": (0.4302, 0.4311),
}
ATKINSON = {"provinces": (0.0641, 0.0498), "zones": (0.1798, 0.1313)}


LABELS = {
    "provinces": ("省际（31省）", "Between provinces (31)"),
    "zones": ("城乡分区（62个）", "Between urban and rural zones (62)"),
    "households_gini": ("住户间（公布的基尼系数）", "Between households (published Gini)"),
    "households_quintiles": ("住户间（五等份均值）", "Between households (quintile means)"),
}


def accounts() -> ResultTable:
    rows = [_account(name, "gini", *pair) for name, pair in GINI.items()]
    rows += [_account(name, "atkinson_1", *pair) for name, pair in ATKINSON.items()]
    columns = (
        Column("account", "账户", "Account"),
        Column("label_zh", "账户名称（中文）", "Name in Chinese"),
        Column("label_en", "账户名称（英文）", "Name in English"),
        Column("index", "不平等指数", "Inequality index"),
        Column("start", "起始年", "First year", "year"),
        Column("end", "末年", "Last year", "year"),
        Column("price", "价格", "Prices"),
        Column("cake", "做大蛋糕", "Cake", "log change"),
        Column("division", "分好蛋糕", "Division", "log change"),
        Column("prosperity", "共同富裕", "Prosperity", "log change"),
        Column("mean_start", "起始年均值", "Mean, first year", "yuan per person"),
        Column("mean_end", "末年均值", "Mean, last year", "yuan per person"),
        Column("equality_start", "起始年平等度", "Equality, first year", "index 0-1"),
        Column("equality_end", "末年平等度", "Equality, last year", "index 0-1"),
    )
    return table("accounts", columns, rows, Evidence.ESTIMATED)


def _account(name: str, index: str, before: float, after: float) -> dict[str, object]:
    quintiles = name == "households_quintiles"
    cake = 0.4987 if quintiles else MEAN_GROWTH
    start, end = (2016, 2023) if quintiles else (2013, 2024)
    division = float(np.log((1 - after) / (1 - before)))
    mean = 23821.0 if quintiles else 20940.0
    return {
        "account": name, "label_zh": LABELS[name][0], "label_en": LABELS[name][1],
        "index": index, "start": start, "end": end,
        "price": "current prices" if quintiles else "2020 prices",
        "cake": cake, "division": division, "prosperity": cake + division,
        "mean_start": mean, "mean_end": mean * float(np.exp(cake)),
        "equality_start": 1 - before, "equality_end": 1 - after,
    }  # fmt: skip


def account_paths() -> ResultTable:
    rng = np.random.default_rng(1)
    rows = []
    for name in ("provinces", "zones", "households_gini"):
        before, after = GINI[name]
        share = np.linspace(0, 1, len(YEARS))
        wobble = 0.006 * rng.standard_normal(len(YEARS)) * (share > 0) * (share < 1)
        cake = MEAN_GROWTH * share - 0.02 * np.exp(-((np.array(YEARS) - 2020.5) ** 2))
        cake[0], cake[-1] = 0.0, MEAN_GROWTH
        division = np.log((1 - after) / (1 - before)) * share**0.8 + wobble
        rows += [
            {"account": name, "index": "gini", "year": year, "price": "2020 prices",
             "cake": c, "division": d}
            for year, c, d in zip(YEARS, cake, division, strict=True)
        ]  # fmt: skip
    columns = (
        Column("account", "账户", "Account"),
        Column("index", "不平等指数", "Inequality index"),
        Column("year", "年份", "Year", "year"),
        Column("price", "价格", "Prices"),
        Column("cake", "做大蛋糕（累计）", "Cake since start", "log change"),
        Column("division", "分好蛋糕（累计）", "Division since start", "log change"),
    )
    return table("account_paths", columns, rows, Evidence.ESTIMATED)


PARTS = {
    ("zones", "atkinson_1", "cake"): {
        "growth_urban": 0.388, "growth_rural": 0.153, "population_shift": 0.106,
    },
    ("zones", "atkinson_1", "division"): {
        "between_regions": 0.0077, "between_provinces": 0.0052, "urban_rural": 0.0445,
    },
    ("zones", "gini", "division"): {
        "within": 0.0148, "net_between": 0.0419, "transvariation": 0.0141,
    },
}  # fmt: skip


def account_parts() -> ResultTable:
    rows = []
    for (account, index, term), parts in PARTS.items():
        pair = (GINI if index == "gini" else ATKINSON)[account]
        whole = MEAN_GROWTH if term == "cake" else np.log((1 - pair[1]) / (1 - pair[0]))
        scale = whole / sum(parts.values())  # parts of a term add up to it
        rows += [
            {"account": account, "index": index, "start": 2013, "end": 2024,
             "price": "2020 prices", "term": term, "part": part, "value": value * scale}
            for part, value in parts.items()
        ]  # fmt: skip
    columns = (
        Column("account", "账户", "Account"),
        Column("index", "不平等指数", "Inequality index"),
        Column("start", "起始年", "First year", "year"),
        Column("end", "末年", "Last year", "year"),
        Column("price", "价格", "Prices"),
        Column("term", "项", "Term"),
        Column("part", "分项", "Part"),
        Column("value", "贡献", "Contribution", "log change", "2020 prices"),
    )
    return table("account_parts", columns, rows, Evidence.ESTIMATED)


def provinces() -> ResultTable:
    rng = np.random.default_rng(2)
    rows = []
    for code, thousand in START.items():
        region = next(name for name, codes in REGIONS.items() if code in codes.split())
        lift = {"east": 0.60, "northeast": 0.47, "central": 0.66, "west": 0.70}[region]
        growth = lift + 0.05 * rng.standard_normal()
        ratio = 1.85 + 1.6 * np.exp(-thousand / 17) + 0.15 * rng.standard_normal()
        fall = 0.12 + 0.05 * rng.random()
        rows.append({
            "code": code, "income_start": 1146 * thousand,
            "income_end": 1146 * thousand * np.exp(growth), "income_year": YEARS[-1],
            "growth": growth, "division": 0.028 * fall / 0.14 + 0.012 * rng.standard_normal(),
            "ratio_start": ratio, "ratio_end": ratio * (1 - fall),
            "population": int(3.5e6 + 1e8 * rng.random() ** 2),
        })  # fmt: skip
    columns = (
        Column("code", "代码", "Code"),
        Column("income_start", "起始年人均收入", "Income, first year", "yuan per person",
               "2020 prices"),
        Column("income_end", "末年人均收入", "Income, last year", "yuan per person",
               "2020 prices"),
        Column("income_year", "收入年份", "Year of income", "year"),
        Column("growth", "人均实际收入增长", "Growth of real income", "log change",
               "2020 prices"),
        Column("division", "城乡分配的变化", "Change of division", "log change"),
        Column("ratio_start", "起始年城乡收入比", "Urban-rural ratio, first year", "ratio"),
        Column("ratio_end", "末年城乡收入比", "Urban-rural ratio, last year", "ratio"),
        Column("population", "人口", "Population", "people"),
    )  # fmt: skip
    return table("provinces", columns, rows)


def inequality() -> ResultTable:
    rows = []
    share = np.linspace(0, 1, len(YEARS))
    curves = {
        ("provinces", "gini"): GINI["provinces"],
        ("zones", "gini"): GINI["zones"],
        ("households_gini", "gini"): GINI["households_gini"],
        ("zones", "mld"): (0.1982, 0.1408),
        ("zones", "theil"): (0.1873, 0.1379),
        ("zones", "atkinson_1"): ATKINSON["zones"],
        ("zones", "ratio"): (2.81, 2.34),
    }
    for (account, measure), (before, after) in curves.items():
        tag = Evidence.OBSERVED if account == "households_gini" else Evidence.ESTIMATED
        values = before + (after - before) * share**0.85
        rows += [
            {"account": account, "year": year, "measure": measure, "value": value,
             "evidence": tag.value}
            for year, value in zip(YEARS, values, strict=True)
        ]  # fmt: skip
    columns = (
        Column("account", "账户", "Account"),
        Column("year", "年份", "Year", "year"),
        Column("measure", "指标", "Measure"),
        Column("value", "数值", "Value", "index"),
        Column("evidence", "证据", "Evidence"),
    )
    return table("inequality", columns, rows, Evidence.ESTIMATED)


def dagum() -> ResultTable:
    share = np.linspace(0, 1, len(YEARS))
    within, between = 0.0437 - 0.0037 * share, 0.1308 - 0.0148 * share
    transvariation = 0.025 - 0.0046 * share
    rows = [
        {
            "account": "provinces",
            "year": year,
            "within": w,
            "net_between": b,
            "transvariation": t,
            "gini": w + b + t,
        }
        for year, w, b, t in zip(YEARS, within, between, transvariation, strict=True)
    ]
    columns = (
        Column("account", "账户", "Account"),
        Column("year", "年份", "Year", "year"),
        Column("within", "区域内", "Within regions", "index 0-1"),
        Column("net_between", "区域间净差", "Net between regions", "index 0-1"),
        Column("transvariation", "超变密度", "Transvariation", "index 0-1"),
        Column("gini", "基尼系数", "Gini", "index 0-1"),
    )
    return table("dagum", columns, rows, Evidence.ESTIMATED)


def nested() -> ResultTable:
    share = np.linspace(0, 1, len(YEARS))
    regions, within = 0.0302 - 0.0077 * share, 0.0219 - 0.0052 * share
    urban_rural = 0.1461 - 0.0445 * share
    rows = [
        {"account": "zones", "year": year, "between_regions": a, "between_provinces": b,
         "urban_rural": c, "total": a + b + c}
        for year, a, b, c in zip(YEARS, regions, within, urban_rural, strict=True)
    ]  # fmt: skip
    columns = (
        Column("account", "账户", "Account"),
        Column("year", "年份", "Year", "year"),
        Column("between_regions", "四大区域之间", "Between regions", "index"),
        Column("between_provinces", "区域内各省之间", "Between provinces", "index"),
        Column("urban_rural", "省内城乡之间", "Urban-rural", "index"),
        Column("total", "平均对数偏差", "Mean log deviation", "index"),
    )
    return table("nested", columns, rows, Evidence.ESTIMATED)


def gap() -> ResultTable:
    share = np.linspace(0, 1, len(YEARS))
    published = 18311 * np.exp(0.8136 * share)
    difference = 0.004 + 0.036 * share**1.4
    rows = [
        {"account": "zones", "year": year, "published": p, "rebuilt": p * np.exp(d), "gap": d}
        for year, p, d in zip(YEARS, published, difference, strict=True)
    ]
    columns = (
        Column("account", "账户", "Account"),
        Column("year", "年份", "Year", "year"),
        Column("published", "公布数", "Published", "yuan per person", "current prices"),
        Column("rebuilt", "重建数", "Rebuilt", "yuan per person", "current prices"),
        Column("gap", "口径差", "Gap", "log difference", "current prices"),
    )
    return table("gap", columns, rows)


def price_sensitivity() -> ResultTable:
    rows = [
        {"account": "zones", "deflator": deflator, "start": 2013, "end": 2024, "cake": cake}
        for deflator, cake in (("national_gdp", 0.647), ("regional_cpi", 0.601))
    ]
    columns = (
        Column("account", "账户", "Account"),
        Column("deflator", "价格指数", "Price index"),
        Column("start", "起始年", "First year", "year"),
        Column("end", "末年", "Last year", "year"),
        Column("cake", "做大蛋糕", "Cake", "log change", "constant prices"),
    )
    return table("price_sensitivity", columns, rows, Evidence.ESTIMATED)


def grouped() -> ResultTable:
    rows = [
        {"year": year, "lower": 0.388, "upper": 0.444, "published": published}
        for year, published in ((2016, 0.469), (2023, None))
    ]
    columns = (
        Column("year", "年份", "Year", "year"),
        Column("lower", "下限", "Lower bound", "index 0-1"),
        Column("upper", "上限", "Upper bound", "index 0-1"),
        Column("published", "公布数", "Published", "index 0-1"),
    )
    return table("grouped", columns, rows, Evidence.ESTIMATED)


def quality() -> ResultTable:
    names = {
        "income_pc_all": ("居民人均可支配收入", "Disposable income per person", 1.0, 0, 0),
        "income_pc_urban": ("城镇居民人均可支配收入", "Urban income per person", 1.0, 0, 0),
        "income_pc_rural": ("农村居民人均可支配收入", "Rural income per person", 0.99, 2, 1),
        "population": ("年末常住人口", "Resident population, end of year", 1.0, 0, 0),
        "broadband_users": ("互联网宽带接入用户", "Broadband subscribers", 0.94, 23, 4),
    }
    rows = [
        {"variable": name, "zh": zh, "en": en, "coverage": coverage, "first_year": 2013,
         "last_year": 2024, "missing": missing, "excluded": excluded,
         "second_copy_share": 0.9, "max_spread": 0.0002}
        for name, (zh, en, coverage, missing, excluded) in names.items()
    ]  # fmt: skip
    columns = (
        Column("variable", "变量", "Variable"),
        Column("zh", "中文名", "Name in Chinese"),
        Column("en", "英文名", "Name in English"),
        Column("coverage", "覆盖率", "Coverage", "share 0-1"),
        Column("first_year", "起始年", "First year", "year"),
        Column("last_year", "末年", "Last year", "year"),
        Column("missing", "缺失", "Missing", "count"),
        Column("excluded", "剔除", "Excluded", "count"),
        Column("second_copy_share", "经第二份副本核对", "Second copy", "share 0-1"),
        Column("max_spread", "副本间最大差异", "Largest spread", "share 0-1"),
    )
    return table("quality", columns, rows)


def excluded() -> ResultTable:
    doubtful = {"reason_zh": "与相邻年份相差过大", "reason_en": "Too far from neighbouring years"}
    redefined = {"reason_zh": "口径变动", "reason_en": "Change of definition"}
    rows: list[dict[str, object]] = [
        {"variable": "broadband_users", "unit": "54", "year": year, **doubtful}
        for year in (2021, 2022, 2023)
    ]
    rows.append({"variable": "income_pc_rural", "unit": "65", "year": 2013, **redefined})
    columns = (
        Column("variable", "变量", "Variable"),
        Column("unit", "单位", "Region"),
        Column("year", "年份", "Year", "year"),
        Column("reason_zh", "原因（中文）", "Reason in Chinese"),
        Column("reason_en", "原因（英文）", "Reason in English"),
    )
    return table("excluded", columns, rows)


def sources() -> ResultTable:
    rows = [
        {"zh": "国家统计局：分省年度数据（虚构）", "en": "Provincial yearbook (invented)",
         "figures": 12840},
        {"zh": "国家统计局：年度统计公报（虚构）", "en": "Annual communique (invented)",
         "figures": 412},
    ]  # fmt: skip
    columns = (
        Column("zh", "来源", "Source in Chinese"),
        Column("en", "英文来源", "Source in English"),
        Column("figures", "数字个数", "Figures", "count"),
    )
    return table("sources", columns, rows)


PACKAGES = {
    "all-together": ("综合方案：三个层面（虚构）", "All together: three levels (invented)", "vat"),
    "training": ("技能培训（虚构）", "Training (invented)", "income_tax"),
    "surtax": ("附加税（虚构）", "Surtax (invented)", "deficit"),
}
UNITS = {
    "cake": "100 x log change", "household_share": "100 x log change",
    "division": "100 x log change", "prosperity": "100 x log change", "gdp": "%",
    "mean_income": "%", "gini": "points", "urban_rural_ratio": "%", "package_cost": "% of GDP",
    "enterprise_cost": "% of GDP",
}  # fmt: skip
FUTURE = list(range(2025, 2037))
# By package: cake, household share, division, half the width of their ranges, and the costs.
TENTH_YEAR = {
    "all-together": (2.4, 0.2, 3.1, 0.8, 0.4, 0.1),
    "training": (0.9, -0.05, -0.1, 0.3, 0.1, 0.0),
    "surtax": (-0.7, -0.2, 0.1, 0.3, -0.2, 0.0),
}


def policy_effects() -> ResultTable:
    rows = [
        row
        for key, numbers in TENTH_YEAR.items()
        for horizon, year in enumerate(FUTURE, 1)
        for row in _effects_of(key, numbers, horizon, year)
    ]
    columns = (
        Column("scenario", "方案", "Package"),
        Column("label_zh", "名称（中文）", "Name in Chinese"),
        Column("label_en", "名称（英文）", "Name in English"),
        Column("year", "年份", "Year", "year"),
        Column("horizon", "第几年", "Year after the base year", "count"),
        Column("is_shown", "在报告中列出", "Printed"),
        Column("effect", "效应", "Effect"),
        Column("unit", "单位", "Unit"),
        Column("value", "中心值", "Central value", "see column unit"),
        Column("low", "下端", "Low", "see column unit"),
        Column("high", "上端", "High", "see column unit"),
        Column("verdict", "判断", "Verdict"),
        Column("closure", "筹资方式", "Financing"),
    )
    return simulated("policy_effects", columns, rows)


def _effects_of(
    key: str, numbers: tuple[float, ...], horizon: int, year: int
) -> list[dict[str, object]]:
    share = min(1.0, horizon / 10)
    cake, household, division, reach, cost, company = (share * number for number in numbers)
    income = 100 * np.expm1((cake + household) / 100)
    values = (
        cake, household, division, cake + household + division, 100 * np.expm1(cake / 100), income,
        -0.6 * division, -1.5 * division, cost, company,
    )  # fmt: skip
    rows = []
    for (effect, unit), value in zip(UNITS.items(), values, strict=True):
        wide = 0.0 if effect == "enterprise_cost" and company == 0 else reach
        low, high = value - wide, value + 1.2 * wide
        verdict = "none" if low == high else "up" if low > 0 else "down" if high < 0 else None
        rows.append({
            "scenario": key, "label_zh": PACKAGES[key][0], "label_en": PACKAGES[key][1],
            "year": year, "horizon": horizon, "is_shown": horizon in (1, 5, 10, 12),
            "effect": effect, "unit": unit, "value": value, "low": low, "high": high,
            "verdict": verdict or "cannot tell", "closure": PACKAGES[key][2],
        })  # fmt: skip
    return rows


GROUPS = {
    ("all", "all"): 0.0, ("area", "urban"): -1.0, ("area", "rural"): 2.0, ("fifth", "1"): 6.0,
    ("fifth", "2"): 3.0, ("fifth", "3"): 1.0, ("fifth", "4"): 0.0, ("fifth", "5"): -2.0,
    ("age", "elderly"): 1.0, ("age", "younger"): -0.2, ("skill", "high"): -1.0,
    ("skill", "low"): 1.5,
}  # fmt: skip
CLASSES = {
    "loses_over_5": ("损失超过5%", "Loses more than 5 %"),
    "loses_1_to_5": ("损失1%—5%", "Loses 1 to 5 %"),
    "little_change": ("变化不足1%", "Changes by less than 1 %"),
    "gains_1_to_5": ("受益1%—5%", "Gains 1 to 5 %"),
    "gains_over_5": ("受益超过5%", "Gains more than 5 %"),
}


def policy_groups() -> ResultTable:
    rows = []
    for key, (cake, household, _, reach, *_) in TENTH_YEAR.items():
        for (dimension, group), tilt in GROUPS.items():
            percent = cake + household + tilt
            low, high = percent - reach, percent + reach
            edges = np.array([-5.0, -1.0, 1.0, 5.0])
            below = np.concatenate([[0.0], 1 / (1 + np.exp(-(edges - percent))), [1.0]])
            rows.append({
                "scenario": key, "year": FUTURE[9], "dimension": dimension, "group": group,
                "people": 1000.0, "mean_change": 400 * percent, "percent": percent, "low": low,
                "high": high,
                "verdict": "gains" if low > 0 else "loses" if high < 0 else "cannot tell",
                **dict(zip(CLASSES, np.diff(below).tolist(), strict=True)),
            })  # fmt: skip
    columns = (
        Column("scenario", "方案", "Package"),
        Column("year", "年份", "Year", "year"),
        Column("dimension", "分组方式", "Grouping"),
        Column("group", "群体", "Group"),
        Column("people", "人数", "People", "10k persons"),
        Column("mean_change", "人均收入变化", "Change of income per person", "yuan per person",
               "prices of the base year"),
        Column("percent", "人均收入变化率", "Change of income per person", "%"),
        Column("low", "下端", "Low", "%"),
        Column("high", "上端", "High", "%"),
        Column("verdict", "判断", "Verdict"),
        *(Column(name, *words, "share 0-1") for name, words in CLASSES.items()),
    )  # fmt: skip
    return simulated("policy_groups", columns, rows)


def policy_setup() -> ResultTable:
    columns = (
        Column("households", "住户记录", "Household records", "count"),
        Column("enterprises", "企业", "Enterprises", "count"),
        Column("draws", "抽样次数", "Draws", "count"),
    )
    return simulated(
        "policy_setup", columns, [{"households": 5000, "enterprises": 2500, "draws": 8}]
    )


def simulated(name: str, columns: tuple[Column, ...], rows: list[dict[str, object]]) -> ResultTable:
    return ResultTable(
        name, columns, pl.DataFrame(rows), Evidence.SIMULATED, Uncertainty.ASSUMPTIONS, SOURCE
    )


def table(
    name: str,
    columns: tuple[Column, ...],
    rows: list[dict[str, object]],
    evidence: Evidence = Evidence.OBSERVED,
) -> ResultTable:
    frame = pl.DataFrame(rows)
    return ResultTable(name, columns, frame, evidence, Uncertainty.NOT_PUBLISHED, SOURCE)


if __name__ == "__main__":
    main()
