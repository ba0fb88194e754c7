"""The economy made ready to run, computed once for a base year."""

from gongfu.economy.world.build import build_world
from gongfu.economy.world.firms import neutral_enterprise_levers
from gongfu.economy.world.online import log_odds_online
from gongfu.economy.world.scales import DIGITAL, YUAN, adoption_by_zone, market_table
from gongfu.economy.world.traits import survey_payments
from gongfu.economy.world.types import World

__all__ = [
    "DIGITAL",
    "YUAN",
    "World",
    "adoption_by_zone",
    "build_world",
    "log_odds_online",
    "market_table",
    "neutral_enterprise_levers",
    "survey_payments",
]
