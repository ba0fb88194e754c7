"""The R script of a study, run by R itself, gives the study's own numbers."""

import shutil
import subprocess

import numpy as np
import polars as pl
import pytest

import gongfu
from gongfu.explain.chain.frames import estimates_frame
from gongfu.explain.chain.scripts import panel_frame

pytestmark = [pytest.mark.slow, pytest.mark.reference]


def has_plm() -> bool:
    if shutil.which("Rscript") is None:
        return False
    found = subprocess.run(
        ["Rscript", "-e", "library(plm)"], capture_output=True, check=False, timeout=60
    )
    return found.returncode == 0


@pytest.mark.skipif(not has_plm(), reason="needs Rscript with the package plm")
def test_r_gives_the_same_estimates_and_errors_as_the_study(tmp_path):
    frame = gongfu.load_china().wide()
    study = gongfu.Study.of(
        frame,
        outcome="log(urban_rural_income_ratio)",
        treatment="log(ratio(broadband_subscribers, population))",
        controls=("log(gdp_per_capita)", "urbanization_rate"),
        mediators=("years_schooling_6plus",),
        threshold="log(gdp_per_capita)",
        replications=99,
    )
    study = study.baseline().channel().threshold()
    panel_frame(study.sample).write_csv(tmp_path / "panel.csv", include_bom=True)
    (tmp_path / "study.R").write_text(study.r_script(), encoding="utf-8")
    subprocess.run(["Rscript", "study.R"], cwd=tmp_path, check=True, timeout=300)
    theirs = pl.read_csv(tmp_path / "results_r.csv")
    ours = estimates_frame(study.sample.question, study.steps).filter(pl.col("model") != "trends")
    assert theirs.height == ours.height
    for (model, other), (name, mine) in zip(
        theirs.group_by("model", maintain_order=True),
        ours.group_by("model", maintain_order=True),
        strict=True,
    ):
        assert model == name
        # R prints fifteen digits; regressions of unit size
        np.testing.assert_allclose(
            np.sort(other["estimate"]), np.sort(mine["estimate"]), rtol=1e-7, atol=1e-10
        )
        np.testing.assert_allclose(
            np.sort(other["standard_error"]), np.sort(mine["standard_error"]), rtol=1e-6
        )
