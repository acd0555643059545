"""What a score counts: a perfect prediction is right in all, and each fault lowers its own measure only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extract.evaluation.counts import Counts, Measure
from extract.evaluation.mistakes import MistakeKind, first_of_each_kind
from extract.evaluation.predictions import PredictedFinding, PredictedPair, Predictions, predictions_from_report
from extract.evaluation.score import Score, ShareName, added, score_report
from extract.offsets import CharSpan
from tests.evaluation.samples import GOLD, PERFECT, claim, parsed, with_claim, with_finding, with_pair
from tests.samples import ANNOTATIONS


def scored(predictions: Predictions) -> Score:
    return score_report(GOLD, predictions)


def lowered(score: Score) -> set[str]:
    """The measures that are below 1."""
    below = {measure.value for measure, counts in score.counts.items() if counts.f1 < 1}
    return below | {name.value for name, share in score.shares.items() if share.rate is not None and share.rate < 1}


def moved(span: CharSpan, start: int, end: int) -> CharSpan:
    return CharSpan(span.start + start, span.end + end)


def test_the_annotation_itself_scores_one_in_everything() -> None:
    score = scored(PERFECT)
    assert lowered(score) == set()
    assert score.mistakes == ()
    assert score.role_macro_f1 == 1.0
    assert {measure: (each.right, each.gold) for measure, each in score.counts.items()} == {
        Measure.QUANTITIES: (13, 13),
        Measure.SPANS: (13, 13),
        Measure.ROLES: (13, 13),
        Measure.SLOTS: (13, 13),
        Measure.PAIRS: (2, 2),
        Measure.UNANSWERED: (1, 1),
        Measure.FINDINGS: (2, 2),
    }


@pytest.mark.parametrize("path", sorted(ANNOTATIONS.glob("*.ann")), ids=lambda path: path.stem)
def test_every_annotated_report_scores_one_against_itself(path: Path) -> None:
    """Verdicts aside: of a target and answer told twice only the first verdict is asked."""
    report = parsed(path.read_bytes().decode("utf-8"), path.stem)
    score = score_report(report, predictions_from_report(report))
    assert lowered(score) <= {ShareName.VERDICT.value}
    assert {each.kind for each in score.mistakes} <= {MistakeKind.WRONG_VERDICT}


OTHER_SPAN = moved(claim("staff").span, 0, 1)
FAULTS = {
    "a wider span": (with_claim("staff", span=OTHER_SPAN), {"spans"}, {MistakeKind.WRONG_SPAN}),
    "a wrong role": (with_claim("staff", role="actual"), {"roles", "roles|found"}, {MistakeKind.WRONG_ROLE}),
    "a wrong slot": (with_claim("staff", slot="other"), {"slots", "slots|found"}, {MistakeKind.WRONG_SLOT}),
    "a wrong bound": (with_claim("staff", approx="about"), {"approx|found"}, {MistakeKind.WRONG_APPROX}),
    "a wrong pair": (
        with_pair("plan", actual="total"),
        {"pairs"},
        {MistakeKind.WRONG_PAIR, MistakeKind.MISSED_PAIR},
    ),
    "a pair not given": (
        replace(PERFECT, pairs=PERFECT.pairs[1:]),
        {"pairs"},
        {MistakeKind.MISSED_PAIR},
    ),
    "a wrong verdict": (with_pair("plan", verdict="met"), {"verdict|found"}, {MistakeKind.WRONG_VERDICT}),
    "an open target answered": (
        with_pair("canals", answer="words"),
        {"unanswered"},
        {MistakeKind.MISSED_UNANSWERED},
    ),
    "a target in words called open, beside a restated one": (
        replace(
            PERFECT, pairs=(*PERFECT.pairs, PredictedPair(target="plan", actual=None, answer="none", verdict=None))
        ),
        {"unanswered"},
        {MistakeKind.WRONG_UNANSWERED},
    ),
    "a fault not found": (with_finding("malformed", type="budget"), {"findings"}, {MistakeKind.MISSED_FINDING}),
    "a finding of the wrong family": (
        with_finding("malformed", type="total"),
        {"findings"},
        {MistakeKind.MISSED_FINDING, MistakeKind.FALSE_FINDING},
    ),
    "a wrong right figure": (with_finding("arithmetic", expected="104%"), {"figure|found"}, set()),
}


@pytest.mark.parametrize(("predictions", "below", "kinds"), FAULTS.values(), ids=FAULTS)
def test_one_fault_lowers_its_own_measure(predictions: Predictions, below: set[str], kinds: set[MistakeKind]) -> None:
    score = scored(predictions)
    assert lowered(score) == below
    assert {each.kind for each in score.mistakes} == kinds


FORGIVEN = {
    "a finer slot": with_claim("guests", slot="three_public.reception"),
    "a general measure word where none is written": with_claim("staff", unit="个"),
    "no unit where none is written": with_claim("staff", unit=""),
    "another written form of the unit": with_claim("plan", unit="km"),
    "trailing zeros": with_claim("dyke", number=Decimal("12.600")),
    "the restated actual": with_pair("plan", actual="again"),
    "an open verdict on a budget pair": with_pair("guests", verdict="missed"),
    "the same pair twice": replace(PERFECT, pairs=(*PERFECT.pairs, PERFECT.pairs[0])),
    "a target in words called open": with_pair("pleased", answer="none"),
    "a fault with one claim too many": with_finding("malformed", claims=("broken", "staff")),
    "the same finding twice": replace(PERFECT, findings=(*PERFECT.findings, PERFECT.findings[0])),
    "no finding on an optional fault": with_finding("missed", type="forecast"),
}


@pytest.mark.parametrize("predictions", FORGIVEN.values(), ids=FORGIVEN)
def test_what_says_the_same_counts_as_right(predictions: Predictions) -> None:
    assert lowered(scored(predictions)) == set()


NOT_FORGIVEN = {
    "a coarser slot": (with_claim("broken", slot="funding"), Measure.SLOTS),
    "a special measure word where none is written": (with_claim("staff", unit="家"), Measure.QUANTITIES),
    "a general measure word where another is written": (with_claim("canals", unit="个"), Measure.QUANTITIES),
    "another number": (with_claim("plan", number=Decimal(13)), Measure.QUANTITIES),
    "too little of the span": (with_claim("plan", span=moved(claim("plan").span, 3, 0)), Measure.QUANTITIES),
    "a fault among many other claims": (
        with_finding("malformed", claims=("broken", "staff", "plan")),
        Measure.FINDINGS,
    ),
}


@pytest.mark.parametrize(("predictions", "measure"), NOT_FORGIVEN.values(), ids=NOT_FORGIVEN)
def test_what_says_something_else_does_not(predictions: Predictions, measure: Measure) -> None:
    assert measure.value in lowered(scored(predictions))


def test_a_spurious_claim_lowers_precision_and_a_missing_one_recall() -> None:
    extra = replace(claim("staff"), id="extra", span=CharSpan(0, 2))
    more = scored(replace(PERFECT, claims=(extra, *PERFECT.claims))).counts[Measure.QUANTITIES]
    fewer = scored(replace(PERFECT, claims=PERFECT.claims[1:])).counts[Measure.QUANTITIES]
    assert (more.precision, more.recall) == (13 / 14, 1.0)
    assert (fewer.precision, fewer.recall) == (1.0, 12 / 13)


def test_each_mention_is_found_once() -> None:
    twice = replace(claim("staff"), id="twice")
    assert scored(replace(PERFECT, claims=(*PERFECT.claims, twice))).counts[Measure.QUANTITIES] == Counts(
        13, 14, 13, 13
    )


def test_of_two_claims_on_a_mention_the_one_with_its_span_is_it() -> None:
    wider = replace(claim("staff"), id="a", span=OTHER_SPAN, role="actual")
    score = scored(replace(PERFECT, claims=(wider, *PERFECT.claims)))
    assert score.counts[Measure.ROLES].right == 13


def test_nothing_in_a_zone_is_scored() -> None:
    start = GOLD.zones[0].start
    inside = replace(claim("one"), id="inside", span=CharSpan(start + 3, start + 5))
    finding = PredictedFinding(type="total", claims=("inside",), stated="", expected="", message="不符")
    pair = PredictedPair(target="inside", actual="plan", answer="figure", verdict=None)
    score = scored(
        Predictions(
            claims=(*PERFECT.claims, inside), pairs=(*PERFECT.pairs, pair), findings=(*PERFECT.findings, finding)
        )
    )
    assert lowered(score) == set()
    assert score.in_zones == 1


def test_a_false_finding_on_what_was_checked_is_told() -> None:
    false = PredictedFinding(type="total", claims=("total", "one", "two"), stated="", expected="", message="不符")
    score = scored(replace(PERFECT, findings=(*PERFECT.findings, false)))
    (told,) = score.mistakes
    assert (told.kind, told.gold, score.against_checked) == (MistakeKind.FALSE_FINDING, "holds", 1)
    assert score.counts[Measure.FINDINGS] == Counts(2, 3, 2, 2)


def test_a_fault_without_mentions_is_found_by_its_figure() -> None:
    gold = parsed("--- text\n共{5个|actual other #a}。\n--- findings\nconflict | stated 5个，6个 | 两说\n")
    finding = PredictedFinding(type="conflict", claims=("a",), stated="", expected="", message="")
    predictions = replace(predictions_from_report(gold), findings=(finding,))
    assert score_report(gold, predictions).counts[Measure.FINDINGS] == Counts(1, 1, 1, 1)
    other = replace(predictions, findings=(replace(finding, claims=(), stated="7"),))
    assert score_report(gold, other).counts[Measure.FINDINGS] == Counts(0, 1, 1, 0)


def test_advisory_findings_are_counted_and_not_scored() -> None:
    assert dict(scored(PERFECT).advisory) == {"budget": 1, "holds": 1}


def test_nothing_predicted_is_precise_only_where_nothing_is_annotated() -> None:
    empty = parsed("--- text\n没有数字。\n")
    assert score_report(empty, Predictions()).counts[Measure.QUANTITIES].f1 == 1.0
    assert scored(Predictions()).counts[Measure.QUANTITIES].f1 == 0.0


def test_scores_of_reports_add_up_by_counts() -> None:
    one, two = scored(PERFECT), scored(Predictions())
    total = added([one, two])
    assert total.counts[Measure.QUANTITIES] == Counts(13, 13, 26, 13)
    assert total.shares[ShareName.VERDICT].whole == 1
    assert total.mistakes == one.mistakes + two.mistakes


def test_a_mistake_says_where_it_is_and_what_either_side_says() -> None:
    (told,) = scored(with_claim("dyke", role="target")).mistakes
    assert (told.document, told.line, told.gold, told.predicted) == ("r", 5, "actual", "target")
    assert told.around == "8处，公务接待3万元。⏎实际新建【12.6公里】，完成计划的110%；接待2万元"


def test_the_list_of_mistakes_keeps_so_many_of_each_kind() -> None:
    score = scored(Predictions())
    listed = list(first_of_each_kind(score.mistakes, 2))
    assert [each.kind for each in listed] == [
        *[MistakeKind.MISSED_QUANTITY] * 2,
        *[MistakeKind.MISSED_PAIR] * 2,
        MistakeKind.MISSED_UNANSWERED,
        *[MistakeKind.MISSED_FINDING] * 2,
    ]
