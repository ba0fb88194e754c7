"""The base year: from published figures to closed accounts and households."""

from gongfu.economy.base_year.build import BaseYear, build_base_year
from gongfu.economy.base_year.figures import Figures, load_figures
from gongfu.economy.base_year.output import SECTORS, OutputPath, output_path
from gongfu.economy.base_year.population import Households
from gongfu.economy.base_year.targets import Target, base_year_targets, target_frame

__all__ = [
    "SECTORS",
    "BaseYear",
    "Figures",
    "Households",
    "OutputPath",
    "Target",
    "base_year_targets",
    "build_base_year",
    "load_figures",
    "output_path",
    "target_frame",
]
