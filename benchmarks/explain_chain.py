"""Time of the chain on the embedded study, step by step, against its bar of 20 seconds.

Run with ``python -m benchmarks.explain_chain``. Wall seconds of one process, figures read before.
"""

from __future__ import annotations

import time
from collections import defaultdict

from gongfu.explain.chain.study import STEPS
from gongfu.study.explain import prepare_questions
from gongfu.study.study_file import load_study
from gongfu.study.tables import load_tables

BAR = 20.0
RUNS = 3


def main() -> None:
    settings, folder = load_study(None)
    tables = load_tables(settings, folder)
    assert settings.explain is not None, "the embedded study asks questions"
    best: dict[str, float] = {}
    for _ in range(RUNS):
        spent: dict[str, float] = defaultdict(float)
        start = time.perf_counter()
        asked = prepare_questions(settings.explain, tables, folder, seed=settings.seed)
        spent["prepare (indices, columns, weights)"] = time.perf_counter() - start
        for one in asked:
            study = one.study
            for name in (*STEPS, "audit"):
                start = time.perf_counter()
                study = study.audit() if name == "audit" else study.take(name)
                spent[name] += time.perf_counter() - start
        best = {name: min(best.get(name, seconds), seconds) for name, seconds in spent.items()}
    print(f"{len(asked)} questions, best of {RUNS}")
    for name, seconds in best.items():
        print(f"  {name:<36} {seconds:7.3f} s")
    total = sum(best.values())
    print(f"  {'all':<36} {total:7.3f} s  {total / BAR:5.2f} of the bar of {BAR:g} s")


if __name__ == "__main__":
    main()
