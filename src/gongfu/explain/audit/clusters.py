"""Too few clusters for errors that rest on many.

References
----------
[Cameron-Miller 2015] A practitioner's guide to cluster-robust inference. Journal of Human Resources
50(2), 317-372.
"""

from __future__ import annotations

from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_clusters"]

CITATION = "Cameron, Miller 2015, Journal of Human Resources 50(2)"


def check_clusters(clusters: int, *, at_least: int = 30) -> Finding:
    """Return whether clustered errors rest on fewer clusters than ``at_least``."""
    return Finding(
        "few-clusters",
        "found" if clusters < at_least else "clean",
        Say(f"聚类标准误用了 {clusters} 个类。", f"Errors rest on {clusters} clusters."),
        {"clusters": float(clusters)},
        {"clusters": float(at_least)},
        Say(
            "用野聚类自助法的 p 值，t 分布自由度取类数减一。",
            "Give wild cluster bootstrap p-values, and t with one degree less than clusters.",
        ),
        CITATION,
    )
