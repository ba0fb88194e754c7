import numpy as np
import pytest

from gongfu.economy.households import Jobs, ZoneBlocks, displace, rehire, update_reference

SETTLED = Jobs(np.zeros(1), np.zeros(1))


def after_growth(jobs, growth, draw, *, workers=2.0, mode="hard"):
    return displace(
        jobs,
        skill=np.array([0.2]),
        workers=np.array([workers]),
        growth=np.array([growth]),
        reference=np.array([0.01]),
        draw=np.array([draw]),
        blocks=ZoneBlocks.of(np.array([0])),
        displacement_rate=0.5,
        scar_at_once=0.3,
        mode=mode,
    )


def test_one_of_two_jobs_is_lost_with_the_chance_of_both():
    # 0.5 * 0.02 * 0.8 a job, two jobs: 0.016.
    hit, missed = after_growth(SETTLED, 0.03, 0.0159), after_growth(SETTLED, 0.03, 0.0161)
    assert hit.displaced.tolist() == [0.5]
    assert hit.scar == pytest.approx([0.15], abs=1e-16)
    assert missed.displaced.tolist() == [0.0]


def test_soft_displacement_is_the_expected_share_of_labour():
    soft = after_growth(SETTLED, 0.03, 0.9, mode="soft")
    # 0.016 of one half; rounding.
    assert soft.displaced == pytest.approx([0.008], rel=1e-14)


@pytest.mark.parametrize("growth", [0.0, 0.005, 0.01])
def test_adoption_at_its_usual_pace_costs_no_job_whatever_the_draw(growth):
    jobs = after_growth(SETTLED, growth, 0.0)
    assert jobs.displaced.tolist() == [0.0]
    assert jobs.scar.tolist() == [0.0]


def test_no_more_than_all_labour_is_lost():
    jobs = SETTLED
    for _ in range(5):
        jobs = after_growth(jobs, 0.03, 0.0, workers=1.6)
    assert jobs.displaced.tolist() == [1.0]


def test_less_than_one_worker_counts_as_one():
    assert after_growth(SETTLED, 0.03, 0.0079, workers=0.4).displaced.tolist() == [1.0]


def test_rehiring_is_likelier_with_training_and_skill():
    jobs = Jobs(np.full(3, 0.5), np.full(3, 0.15))
    # 0.5 * (1 + 0.12 + 0.2) = 0.66, without training 0.6, without both 0.5.
    back = rehire(
        jobs,
        np.array([0.2, 0.2, 0.0]),
        np.array([1.0, 0.0, 0.0]),
        np.array([0.65, 0.65, 0.49]),
        rehire_rate=0.5,
        training_effect=0.12,
        scar_recovery=0.023,
    )
    assert back.displaced.tolist() == [0.0, 0.5, 0.0]
    # 0.15 * 0.977; rounding.
    assert back.scar == pytest.approx([0.14655] * 3, rel=1e-14)


def test_a_loss_of_thirty_percent_is_twenty_after_seventeen_years():
    # The path this was chosen for: 30 % at once, 20 % after 15 to 20 years.
    jobs = Jobs(np.zeros(1), np.array([0.3]))
    for _ in range(17):
        jobs = rehire(
            jobs,
            np.zeros(1),
            np.zeros(1),
            np.zeros(1),
            rehire_rate=0.5,
            training_effect=0.0,
            scar_recovery=0.023,
        )
    assert jobs.scar == pytest.approx([0.2], abs=0.005)


def test_the_usual_pace_follows_the_actual_one_slowly():
    reference = np.array([0.01])
    assert update_reference(reference, np.array([0.03]), speed=0.2) == pytest.approx([0.014])
    assert update_reference(reference, reference, speed=0.2).tolist() == [0.01]
