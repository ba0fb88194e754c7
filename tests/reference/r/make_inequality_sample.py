"""Write the made-up survey that R and gongfu are compared on, and gongfu's influence values of it.

Run from the repository root: ``python tests/reference/r/make_inequality_sample.py``, then
``Rscript inequality_errors.R > inequality_errors.out`` in this folder.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from gongfu.measure.atkinson import atkinson
from gongfu.measure.ede import ede_sen
from gongfu.measure.entropy import generalized_entropy, mld, theil
from gongfu.measure.gini import gini
from gongfu.measure.hoover import hoover
from gongfu.measure.lorenz import palma, s80_s20
from gongfu.measure.quantiles import quantile, quantile_ratio

HERE = Path(__file__).parent

MEASURES = {
    "gini": gini,
    "theil": theil,
    "mld": mld,
    "ge_2": partial(generalized_entropy, alpha=2),
    "atkinson_05": partial(atkinson, epsilon=0.5),
    "atkinson_1": partial(atkinson, epsilon=1),
    "hoover": hoover,
    "s80_s20": s80_s20,
    "palma": palma,
    "ede_sen": ede_sen,
    "p50": partial(quantile, probability=0.5),
    "p90_p10": partial(quantile_ratio, upper=0.9, lower=0.1),
}


def make_sample(seed: int = 20260701) -> pl.DataFrame:
    """Return 600 rows in 8 strata with 4 to 6 clusters each."""
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(8), [4, 5, 6, 4, 5, 6, 4, 6])
    psu = np.sort(rng.integers(len(clusters), size=600))
    level = rng.normal(10, 0.25, size=len(clusters))[psu]
    income = np.round(np.exp(level + rng.normal(0, 0.7, size=600)), 2)
    return pl.DataFrame(
        {
            "stratum": clusters[psu] + 1,
            "psu": psu + 1,
            "area": rng.choice(["rural", "urban"], size=600),
            "weight": np.round(rng.uniform(50, 400, size=600), 1),
            "income": income,
        }
    )


def influence(sample: pl.DataFrame) -> pl.DataFrame:
    """Return one column of influence values a measure."""
    income, weight = sample["income"].to_numpy(), sample["weight"].to_numpy()
    return pl.DataFrame(
        {name: measure(income, weight).influence for name, measure in MEASURES.items()}
    )


if __name__ == "__main__":
    made = make_sample()
    made.write_csv(HERE / "inequality_sample.csv")
    influence(made).write_csv(HERE / "inequality_influence.csv")
