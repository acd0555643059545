"""Confidence against how often the program was right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.evaluation.calibration import Sureness, calibration_error, equal_mass_bins

DECISIONS = st.lists(st.builds(Sureness, st.floats(0, 1), st.booleans()), max_size=60)


@pytest.mark.parametrize(
    ("decisions", "bins", "error"),
    [
        ([(1.0, True)] * 4, 2, 0.0),
        ([(1.0, False)] * 4, 2, 1.0),
        ([(0.75, True)] * 3 + [(0.75, False)], 1, 0.0),
        ([(0.5, True), (0.5, False), (1.0, True), (1.0, False)], 2, 0.25),
        ([(0.9, True)], 10, pytest.approx(0.1)),
        ([], 10, None),
    ],
)
def test_the_error_is_the_mean_distance(decisions: list[tuple[float, bool]], bins: int, error: float | None) -> None:
    assert calibration_error([Sureness(*each) for each in decisions], bins=bins) == error


@given(DECISIONS)
def test_bins_hold_everything_in_equal_parts(decisions: list[Sureness]) -> None:
    bins = list(equal_mass_bins(decisions))
    assert sum(part.size for part in bins) == len(decisions)
    assert max((part.size for part in bins), default=0) - min((part.size for part in bins), default=0) <= 1
    assert [part.confidence for part in bins] == pytest.approx(sorted(part.confidence for part in bins))


@given(DECISIONS)
def test_the_error_lies_between_nothing_and_one(decisions: list[Sureness]) -> None:
    error = calibration_error(decisions)
    assert error is None if not decisions else error is not None and 0 <= error <= 1
