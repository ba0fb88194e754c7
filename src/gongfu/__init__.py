"""gongfu (共富): measure, explain, simulate and plan digital-driven common prosperity.

The names below are loaded when first used, so that ``import gongfu`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongfu.core import Estimate, InputError, Microdata, Panel
    from gongfu.data import load_china, load_china_national, load_zones
    from gongfu.data.readers import read_microdata, read_panel, read_table
    from gongfu.economy.api import simulate
    from gongfu.economy.results.survey import household_survey
    from gongfu.explain.chain import Study
    from gongfu.measure.grow_divide_frame import grow_divide_frame as grow_divide
    from gongfu.measure.table import inequality
    from gongfu.study.api import run

__version__ = "0.1.0"

__all__ = [
    "Estimate",
    "InputError",
    "Microdata",
    "Panel",
    "Study",
    "__version__",
    "grow_divide",
    "household_survey",
    "inequality",
    "load_china",
    "load_china_national",
    "load_zones",
    "read_microdata",
    "read_panel",
    "read_table",
    "run",
    "simulate",
]

_HOMES = {
    "Estimate": "gongfu.core",
    "InputError": "gongfu.core",
    "Microdata": "gongfu.core",
    "Panel": "gongfu.core",
    "Study": "gongfu.explain.chain",
    "grow_divide": "gongfu.measure.grow_divide_frame:grow_divide_frame",
    "household_survey": "gongfu.economy.results.survey",
    "inequality": "gongfu.measure.table",
    "load_china": "gongfu.data",
    "load_china_national": "gongfu.data",
    "load_zones": "gongfu.data",
    "read_microdata": "gongfu.data.readers",
    "read_panel": "gongfu.data.readers",
    "read_table": "gongfu.data.readers",
    "run": "gongfu.study.api",
    "simulate": "gongfu.economy.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gongfu' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(module), attribute or name)


def __dir__() -> list[str]:
    return __all__
