"""The chain of a study: one question, one sample, one type of step."""

from gongfu.explain.chain.question import Question
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step
from gongfu.explain.chain.study import Study

__all__ = ["Model", "Question", "Sample", "Step", "Study"]
