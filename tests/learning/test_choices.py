"""Learning to choose: what examples teach, and what is not learnt from them."""

from __future__ import annotations

import pytest

from extract.learning.choices import Penalty, Question, fit_calibration, fit_weights
from extract.weights import Features

CHOICES = ("target", "actual", "other")


def place(right: str, *features: str, source: str = "one") -> Question:
    """Which of all choices is right where the place has these features."""
    candidates = tuple((choice, {}) for choice in CHOICES)
    return Question(dict.fromkeys(features, 1.0), candidates, frozenset({CHOICES.index(right)}), source)


def ranking(*candidates: Features, right: int = 0) -> Question:
    """Which candidate of no particular choice is right."""
    return Question({}, tuple(("figure", own) for own in candidates), frozenset({right}), "one")


def twice(*questions: Question) -> list[Question]:
    """The same questions in two sources."""
    return [Question(q.features, q.candidates, q.right, source) for source in ("one", "two") for q in questions]


TOLD = twice(
    place("target", "always", "near 计划"),
    place("actual", "always", "near 实际"),
    place("actual", "always", "near 完成"),
    place("other", "always", "near 编制"),
)


@pytest.mark.parametrize(
    ("feature", "choice"),
    [("near 计划", "target"), ("near 实际", "actual"), ("near 完成", "actual"), ("near 编制", "other")],
)
def test_feature_that_tells_is_learnt(feature: str, choice: str) -> None:
    weights = fit_weights(TOLD, choices=CHOICES, penalty=Penalty(place=0.1))
    scores = weights.scores({"always": 1.0, feature: 1.0})
    assert CHOICES[scores.index(max(scores))] == choice
    assert weights.of_choice[choice][feature] > 0


def test_feature_speaks_only_for_choices_that_were_right_with_it() -> None:
    weights = fit_weights(TOLD, choices=CHOICES, penalty=Penalty())
    assert [CHOICES[index] for index, _ in weights.by_choice["near 计划"]] == ["target"]


def test_features_of_candidates_rank_them_whatever_their_choice() -> None:
    asked = [
        ranking({"same row": 1.0}, {"same name": 1.0}, {}),
        ranking({"same row": 1.0, "same name": 1.0}, {"same row": 1.0}),
        ranking({}, {"same name": 1.0}, right=1),
    ]
    weights = fit_weights(asked, choices=(), penalty=Penalty())
    assert weights.by_choice == {}
    assert weights.score({"same row": 1.0}) > weights.score({"same name": 1.0}) > weights.score({}) == 0


def test_several_candidates_may_be_right() -> None:
    twins = Question({}, tuple(("figure", {name: 1.0}) for name in "abc"), frozenset({0, 1}))
    weights = fit_weights([twins], choices=(), penalty=Penalty())
    assert weights.shared["a"] == weights.shared["b"] > weights.shared["c"]


def test_question_without_a_right_candidate_teaches_nothing() -> None:
    unanswerable = Question({"near 完成": 1.0}, tuple((choice, {}) for choice in CHOICES), frozenset(), "one")
    penalty = Penalty(place=0.1)
    assert fit_weights([*TOLD, unanswerable], choices=CHOICES, penalty=penalty) == fit_weights(
        TOLD, choices=CHOICES, penalty=penalty
    )


def test_nothing_asked_is_nothing_learnt() -> None:
    weights = fit_weights([], choices=CHOICES, penalty=Penalty())
    assert (weights.choices, weights.shared, weights.by_choice) == (CHOICES, {}, {})


@pytest.mark.parametrize(("source", "learnt"), [("one", False), ("two", True)])
def test_feature_of_few_sources_is_not_learnt(source: str, learnt: bool) -> None:
    told = [*TOLD, place("target", "near 力争", source="one"), place("target", "near 力争", source=source)]
    weights = fit_weights(told, choices=CHOICES, penalty=Penalty(place=0.1, fewest=2))
    assert ("near 力争" in weights.by_choice) is learnt


def test_no_more_sources_are_asked_of_a_feature_than_there_are() -> None:
    weights = fit_weights(TOLD, choices=CHOICES, penalty=Penalty(place=0.1, fewest=9))
    assert "near 计划" in weights.by_choice


def test_feature_often_seen_in_one_source_is_of_one_source() -> None:
    alone = [place("target", "near 力争", source="one")] * 5
    weights = fit_weights([*TOLD, *alone], choices=CHOICES, penalty=Penalty(place=0.1, fewest=2))
    assert "near 力争" not in weights.by_choice


def test_only_named_features_speak_for_the_fallback() -> None:
    penalty = Penalty(place=0.1, fallback="other", of_fallback=("always",))
    weights = fit_weights(TOLD, choices=CHOICES, penalty=penalty)
    assert set(weights.of_choice["other"]) == {"always"}
    assert "near 计划" in weights.of_choice["target"]


@pytest.mark.parametrize(
    ("choice", "feature"),
    [
        ("actual", "near 完成"),  # the examples say so too
        ("target", "near 完成"),  # they say the opposite
        ("target", "near 力争"),  # they do not know it
    ],
)
def test_given_weight_stays(choice: str, feature: str) -> None:
    penalty = Penalty(given={(choice, feature): 2.0})
    weights = fit_weights(TOLD, choices=CHOICES, penalty=penalty)
    assert weights.of_choice[choice][feature] == pytest.approx(2.0, abs=0.05)


def test_weak_weights_are_dropped() -> None:
    assert fit_weights(TOLD, choices=CHOICES, penalty=Penalty(least=100.0)).by_choice == {}


def test_same_questions_give_the_same_weights() -> None:
    first = fit_weights(TOLD, choices=CHOICES, penalty=Penalty())
    assert first == fit_weights(list(TOLD), choices=CHOICES, penalty=Penalty())


def test_calibration_rises_and_says_how_often_choices_were_right() -> None:
    sure = [place / 100 for place in range(100)]
    right = [place % 10 < place // 10 for place in range(100)]  # of ten choices at 0.7 seven are right
    calibration = fit_calibration(sure, right)
    xs, ys = zip(*calibration.knots, strict=True)
    assert (list(xs), list(ys)) == (sorted(xs), sorted(ys))
    assert (xs[0], xs[-1]) == (0.0, 1.0)
    assert all(0.0 <= y <= 1.0 for y in ys)
    assert calibration.share(0.75) == pytest.approx(0.7, abs=0.15)
    assert calibration.share(0.25) == pytest.approx(0.2, abs=0.15)


def test_calibration_of_choices_that_were_right_in_no_order_still_rises() -> None:
    ys = [y for _, y in fit_calibration([0.1, 0.2, 0.8, 0.9], [True, True, False, False]).knots]
    assert ys == sorted(ys)


def test_calibration_of_nothing_changes_nothing() -> None:
    assert fit_calibration([], []).share(0.3) == pytest.approx(0.3)
