"""Evaluation of a policy whose dates somebody declares."""

from gongfu.explain.joint import joint_test, sup_t
from gongfu.explain.policy.design import NotPossible, PolicyDesign, policy_design
from gongfu.explain.policy.event_study import event_study
from gongfu.explain.policy.group_time import GroupTimeEffects, group_time_effects
from gongfu.explain.policy.group_time_summaries import effects_by_relative_time, summarise_effects
from gongfu.explain.policy.imputation import Imputation, imputation
from gongfu.explain.policy.interaction_weighted import interaction_weighted
from gongfu.explain.policy.path import EffectPath
from gongfu.explain.policy.synthetic import SyntheticEffect, synthetic_did
from gongfu.explain.policy.two_way import two_by_two, two_way_did
from gongfu.explain.policy.words import policy_sentence

__all__ = [
    "EffectPath",
    "GroupTimeEffects",
    "Imputation",
    "NotPossible",
    "PolicyDesign",
    "SyntheticEffect",
    "effects_by_relative_time",
    "event_study",
    "group_time_effects",
    "imputation",
    "interaction_weighted",
    "joint_test",
    "policy_design",
    "policy_sentence",
    "summarise_effects",
    "sup_t",
    "synthetic_did",
    "two_by_two",
    "two_way_did",
]
