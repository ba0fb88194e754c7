"""Whether two bootstraps of one test disagree.

References
----------
[Hansen 1999] Threshold effects in non-dynamic panels. Journal of Econometrics 93, 345-368.
[Cameron-Gelbach-Miller 2008] Bootstrap-based improvements for inference with clustered errors.
Review of Economics and Statistics 90(3), 414-427.
"""

from __future__ import annotations

from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_bootstraps"]

CITATION = (
    "Hansen 1999, J. Econometrics 93 (block); Cameron, Gelbach, Miller 2008, REStat 90(3) (wild)"
)
FIX = Say(
    "以较大的 p 值为准；检查各地区误差方差是否相差悬殊。",
    "Go by the larger p-value; see whether the error variance differs much between units.",
)


def check_bootstraps(
    thresholds: int, block_p: float | None, wild_p: float | None, *, level: float = 0.05
) -> Finding:
    """Return whether the block and the wild bootstrap decide a threshold test differently.

    Parameters
    ----------
    thresholds : number of thresholds under test.
    block_p, wild_p : p-values, 0-1; None where a bootstrap was not possible.
    level : of the decision.

    Notes
    -----
    Redrawing units mixes their residuals and so takes all units to have one error variance; random
    signs leave each unit its own.
    """
    if block_p is None or wild_p is None:
        need = Say("需要平衡面板和两种自助法。", "Needs a balanced panel and both bootstraps.")
        return Finding("bootstraps-disagree", "not possible", need, {}, {}, need, CITATION)
    is_split = (block_p <= level) != (wild_p <= level)
    return Finding(
        "bootstraps-disagree",
        "found" if is_split else "clean",
        Say(
            f"{thresholds} 个门槛的检验：分块自助 p = {block_p:.3f}，野自助 p = {wild_p:.3f}。",
            f"Test of {thresholds} threshold(s): block bootstrap p = {block_p:.3f}, "
            f"wild bootstrap p = {wild_p:.3f}.",
        ),
        {"block_p": block_p, "wild_p": wild_p},
        {"level": level},
        FIX,
        CITATION,
    )
