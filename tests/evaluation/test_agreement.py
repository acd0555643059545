"""Two annotations of one report."""

from __future__ import annotations

import pytest

from extract.errors import UsageError
from extract.evaluation.agreement import Agreement, agreement_on, agreements_added, kappa, observed
from extract.evaluation.counts import Measure, Share
from tests.evaluation.samples import GOLD, REPORT, parsed

OTHER = {
    "role": REPORT.replace("{97|context", "{97|actual"),
    "slot": REPORT.replace("{8处|target irrigation", "{8处|target other"),
    "pair": REPORT.replace("guests <- spent budget", "guests unanswered"),
    "verdict": REPORT.replace("dyke exceeded", "dyke met"),
    "mention": REPORT.replace("{97|context staff unit=人@implied #staff}", "97"),
}


def lowered(agreement: Agreement) -> set[str]:
    below = {measure.value for measure, counts in agreement.counts.items() if counts.f1 < 1}
    tables = {"roles": agreement.roles, "slots": agreement.slots}
    below |= {name for name, table in tables.items() if observed(table).rate != 1}
    return below | ({"verdicts"} if agreement.verdicts.part < agreement.verdicts.whole else set())


def test_an_annotation_agrees_with_itself() -> None:
    agreement = agreement_on(GOLD, GOLD)
    assert lowered(agreement) == set()
    assert (kappa(agreement.roles), kappa(agreement.slots), agreement.disagreements) == (1.0, 1.0, ())


@pytest.mark.parametrize(
    ("what", "below"),
    [
        ("role", {"roles"}),
        ("slot", {"slots"}),
        ("pair", {"pairs", "unanswered"}),
        ("verdict", {"verdicts"}),
        ("mention", {"quantities", "spans"}),
    ],
)
def test_one_difference_lowers_its_own_measure_whoever_comes_first(what: str, below: set[str]) -> None:
    other = parsed(OTHER[what])
    there, back = agreement_on(GOLD, other), agreement_on(other, GOLD)
    assert lowered(there) == lowered(back) == below
    assert {m: c.f1 for m, c in there.counts.items()} == {m: c.f1 for m, c in back.counts.items()}
    assert there.disagreements


def test_annotations_of_other_texts_are_not_compared() -> None:
    with pytest.raises(UsageError, match="r: the two texts differ from line 2 on"):
        agreement_on(GOLD, parsed(REPORT.replace("编制", "现有编制")))


def test_agreements_of_reports_add_up() -> None:
    total = agreements_added([agreement_on(GOLD, GOLD), agreement_on(GOLD, parsed(OTHER["role"]))])
    assert total.counts[Measure.QUANTITIES].gold == 26
    assert observed(total.roles) == Share(25, 26)


def test_kappa_of_random_choice_is_nothing_and_of_none_unknown() -> None:
    assert kappa({("a", "a"): 1, ("a", "b"): 1, ("b", "a"): 1, ("b", "b"): 1}) == 0.0
    assert kappa({}) is None
    assert kappa({("a", "a"): 3}) == 1.0
