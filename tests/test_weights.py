"""Weights as plain text: what a file says, what it may not say, and what is made of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import LexiconError
from extract.weights import (
    Calibration,
    Shared,
    Told,
    Weights,
    parse_weights,
    probabilities,
    read_weights,
    render_weights,
)

FILE = """# What decides the role of a figure.
=\ttarget\tactual
!\t0.000\t0.100
!\t1.000\t0.950
same row\t*\t1.500
ahead 计划\ttarget\t0.800
near 完成\ttarget\t-0.250
near 完成\tactual\t1.200
"""
WEIGHTS = Weights(
    choices=("target", "actual"),
    shared={"same row": 1.5},
    by_choice={"ahead 计划": ((0, 0.8),), "near 完成": ((0, -0.25), (1, 1.2))},
    calibration=Calibration(((0.0, 0.1), (1.0, 0.95))),
)

names = st.text(st.characters(exclude_characters="\t\n", codec="utf-8"), min_size=1, max_size=6).map("near {}".format)
weights = st.decimals(-30, 30, places=3).map(float)
shares = st.decimals(0, 1, places=3).map(float)


def test_file_spells_out_weights() -> None:
    assert parse_weights(FILE, "roles.tsv") == WEIGHTS
    assert render_weights(WEIGHTS, about=["What decides the role of a figure."]) == FILE


@given(
    shared=st.dictionaries(names, weights, max_size=4),
    rows=st.dictionaries(names, st.dictionaries(st.integers(0, 2), weights, min_size=1), max_size=4),
    knots=st.lists(st.tuples(shares, shares), min_size=2, max_size=4),
)
def test_parse_is_the_inverse_of_render(
    shared: dict[str, float], rows: dict[str, dict[int, float]], knots: list[tuple[float, float]]
) -> None:
    by_choice = {name: tuple(sorted(row.items())) for name, row in rows.items()}
    made = Weights(("target", "actual", "其他"), shared, by_choice, Calibration(tuple(knots)))
    assert parse_weights(render_weights(made, about=["about", "them"]), "w.tsv") == made


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("near 完成\tactual", "is not feature, choice and weight"),
        ("near 完成", "is not feature, choice and weight"),
        ("near 完成\tactual\tmuch", "is not feature, choice and weight"),
        ("!\t0.5", "is not feature, choice and weight"),
        ("near 完成\tdone\t1.0", "'done' is none of the choices target, actual"),
        ("same row\t*\t2.0", "feature 'same row' stands twice"),
        ("ahead 计划\ttarget\t2.0", "feature 'ahead 计划' stands twice"),
    ],
)
def test_line_that_is_none_is_named(line: str, message: str) -> None:
    with pytest.raises(LexiconError, match=rf"^roles\.tsv:9: .*{message}"):
        parse_weights(f"{FILE}{line}\n", "roles.tsv")


def test_empty_lines_and_remarks_say_nothing() -> None:
    assert parse_weights(f"\n# near 完成\n{FILE}\n\n", "w.tsv") == WEIGHTS


def test_missing_file_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"roles\.tsv: no such weights in .*`extract train`"):
        read_weights(tmp_path / "roles.tsv")


@pytest.mark.parametrize(
    ("knots", "probability", "share"),
    [
        (Calibration().knots, "0.3", "0.3"),
        (((0.0, 0.2), (0.5, 0.4), (1.0, 1.0)), "0", "0.2"),
        (((0.0, 0.2), (0.5, 0.4), (1.0, 1.0)), "0.25", "0.3"),
        (((0.0, 0.2), (0.5, 0.4), (1.0, 1.0)), "0.5", "0.4"),
        (((0.0, 0.2), (0.5, 0.4), (1.0, 1.0)), "0.75", "0.7"),
        (((0.0, 0.2), (0.5, 0.4), (1.0, 1.0)), "1", "1"),
        (((0.0, 0.2), (1.0, 0.8), (1.0, 0.9)), "1", "0.9"),
    ],
)
def test_calibration_runs_straight_from_knot_to_knot(
    knots: tuple[tuple[float, float], ...], probability: str, share: str
) -> None:
    assert Calibration(knots).share(float(probability)) == pytest.approx(float(Decimal(share)))


def test_score_of_a_choice_is_the_sum_of_its_features() -> None:
    assert WEIGHTS.scores({"ahead 计划": 1.0, "near 完成": 0.5, "unheard of": 9.0}) == pytest.approx([0.675, 0.6])
    assert WEIGHTS.scores({}) == [0.0, 0.0]


def test_what_figures_share_says_as_much_as_their_own_features() -> None:
    told = Told({"near 完成": 0.5}, (Shared({"ahead 计划": 1.0}), Shared({"unheard of": 9.0})))
    assert told.features() == {"near 完成": 0.5, "ahead 计划": 1.0, "unheard of": 9.0}
    assert WEIGHTS.scores_for(("target", "actual"), told) == pytest.approx(WEIGHTS.scores(told.features()))
    assert WEIGHTS.scores_for(("actual", "no choice"), told) == pytest.approx([0.6, 0.0])
    assert WEIGHTS.reasons(told.own, "target", told.shared) == WEIGHTS.reasons(told.features(), "target")


def test_score_of_a_candidate_takes_only_what_candidates_share() -> None:
    assert WEIGHTS.score({"same row": 2.0, "near 完成": 1.0}) == 3.0
    assert WEIGHTS.score({}) == 0


def test_reasons_are_the_strongest_first_and_speak_for_the_choice() -> None:
    rows = {"weak": 0.1, "good": 1.0, "best": 2.0, "against": -3.0, "fair": 0.5, "doubled": 0.4}
    made = Weights(("actual",), {}, {name: ((0, weight),) for name, weight in rows.items()}, Calibration())
    features = dict.fromkeys(rows, 1.0) | {"doubled": 2.0}
    assert made.reasons(features, "actual") == ("best", "good", "doubled", "fair")
    assert made.reasons(features, "actual", most=2) == ("best", "good")
    assert made.reasons({}, "actual") == ()
    shared = (Shared({"best": 1.0, "fair": 1.0}),)
    assert made.reasons({"good": 1.0, "weak": 1.0}, "actual", shared) == ("best", "good", "fair")


def test_probabilities_are_shares_however_great_the_scores() -> None:
    assert probabilities([0.0, 0.0]) == [0.5, 0.5]
    low, high = probabilities([-1000.0, 1000.0])
    assert (low, high) == (pytest.approx(0.0), pytest.approx(1.0))
    assert sum(probabilities([0.3, 2.0, -1.0])) == pytest.approx(1.0)


def test_calibration_of_a_single_line_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"^roles\.tsv: one line '!' alone"):
        parse_weights("=\ttarget\tactual\n!\t0.500\t0.600\n", "roles.tsv")
