"""Three small worlds and one of the size of China."""

import numpy as np
import pytest

from gongfu.data import load_china
from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.markets import MarketParameters, calibrate_base, labour_bill


def split_labour(bill, rural, digital):
    """Payments [zone, sector, type] out of the bill [region, sector]; shares by sector."""
    by_zone = np.stack([bill * (1 - rural), bill * rural], axis=1)
    return np.stack([by_zone * digital, by_zone * (1 - digital)], axis=-1).reshape(
        -1, bill.shape[1], 2
    )


def make_base(output, *, rural, digital, home, tax=0.1, markup=1.2, capital=0.35, transfers=None):
    output = np.asarray(output, float)
    production_tax = np.broadcast_to(np.asarray(tax, float), output.shape).copy()
    markups = np.broadcast_to(np.asarray(markup, float), output.shape).copy()
    alpha = np.broadcast_to(np.asarray(capital, float), output.shape[1:]).copy()
    bill = labour_bill(output, production_tax, markups, alpha)
    return calibrate_base(
        output=output,
        production_tax=production_tax,
        markup=markups,
        capital_share=alpha,
        labour_payments=split_labour(bill, np.asarray(rural), np.asarray(digital)),
        home_share=np.broadcast_to(np.asarray(home, float), output.shape[1:]).copy(),
        home_share_cap=0.8,
        net_transfers=np.zeros(len(output)) if transfers is None else np.asarray(transfers, float),
    )


@pytest.fixture
def build():
    return make_base


@pytest.fixture
def parameters():
    """Central values of the assumption file."""
    return MarketParameters.from_values({k: v.value for k, v in load_assumptions().items()})


@pytest.fixture
def pair_parameters():
    """Elasticities of a world with two sectors."""
    return MarketParameters(1.8, 0.6, np.array([4.0, 3.0]), 1.5)


@pytest.fixture
def pair():
    """A rich and a poor region, two sectors, unequal wedges, a transfer to the poor."""
    return make_base(
        [[30.0, 90.0], [40.0, 25.0]],
        rural=[0.7, 0.2],
        digital=[0.1, 0.3],
        home=[0.3, 0.5],
        tax=[[0.1, 0.12], [0.08, 0.1]],
        markup=[[1.1, 1.3], [1.15, 1.25]],
        capital=[0.2, 0.4],
        transfers=[-5.0, 5.0],
    )


@pytest.fixture
def single():
    """One region, one sector."""
    return make_base([[100.0]], rural=[0.3], digital=[0.2], home=[0.4])


@pytest.fixture(scope="session")
def china():
    """31 provinces and 4 sectors: published GDP of 2023, the split below it made up."""
    panel = load_china()
    gdp, secondary = (
        panel.array(name, panel.units, [2023])[:, 0] for name in ("gdp", "gdp_secondary")
    )
    size = gdp / gdp.mean()
    primary = gdp * np.clip(0.1 - 0.03 * size, 0.004, 0.2)
    digital = np.minimum(gdp * 0.05 * size**0.6, 0.25 * (gdp - primary))
    industry = secondary - 0.4 * np.minimum(digital, secondary)
    services = gdp - primary - digital - industry
    return make_base(
        np.stack([primary, industry, services, digital], axis=1),
        rural=[0.9, 0.25, 0.2, 0.05],
        digital=[0.02, 0.15, 0.2, 0.6],
        home=[0.4, 0.35, 0.75, 0.1],
        markup=[1.05, 1.2, 1.15, 1.3],
        capital=[0.15, 0.37, 0.32, 0.45],
        transfers=0.05 * (gdp.mean() - gdp),
    )
