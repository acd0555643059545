"""From words to slots: what speaks for a slot, how it is told, and which one is chosen."""

from __future__ import annotations

import pytest

from extract.records import Role
from extract.segmentation.words import Vocabulary
from extract.slots.evidence import Evidence
from extract.slots.features import Report, candidate_features, place_features
from tests.mentions import drafts_of
from tests.slots.catalogues import CATALOGUE, evidence_of, linked, slot_model

TABLE = """三级指标\t年度指标值\t实际完成值
改造危桥（座）\t3\t4
"""


@pytest.mark.parametrize(
    ("text", "surface", "places"),
    [
        ("改造危桥3座。\n", "3座", {("bridge", "near")}),
        ("改造危桥，全年共3座。\n", "3座", {("bridge", "ahead")}),
        ("搭建3座便桥。\n", "3座", {("bridge", "behind")}),
        ("便桥3座。\n", "3座", set()),  # it speaks only behind the number
        ("危桥改造里程3公里。\n", "3公里", set()),  # a bridge is counted, not measured
        ("新建农村公路12公里。\n", "12公里", {("road", "near"), ("road.rural", "near")}),
        ("新建农村公路12条。\n", "12条", {("road", "near")}),  # what is refined takes lengths alone
        (TABLE, "3", {("bridge", "row")}),
        ("一、公路建设\n全年共12公里。\n", "12公里", {("road", "heading")}),
        ("全年吃饭3次。\n", "3次", set()),
    ],
)
def test_evidence_for_slots(text: str, surface: str, places: set[tuple[str, str]]) -> None:
    assert {(each.slot, each.place) for each in evidence_of(text, surface)} == places


def test_nearer_and_longer_cues_weigh_more() -> None:
    (near,) = evidence_of("改造危桥3座。\n", "3座")
    (far,) = evidence_of("危桥改造工程全年完成3座。\n", "3座")
    assert near.weight > far.weight
    weights = {each.slot: each.weight for each in evidence_of("新建农村公路12公里。\n", "12公里")}
    assert weights["road.rural"] > weights["road"]


@pytest.mark.parametrize(
    ("text", "surface", "carried"),
    [
        ("改造危桥3座，验收2座。\n", "2座", True),
        ("改造危桥3座。验收2座。\n", "2座", False),  # another sentence
        ("改造危桥3座，举办培训2期。\n", "2期", False),  # it names something itself
    ],
)
def test_figure_that_names_nothing_goes_on_from_the_one_before(text: str, surface: str, carried: bool) -> None:
    found = evidence_of(text, surface, before="bridge")
    assert any(each.slot == "bridge" and each.place == "goes on" for each in found) is carried


def test_nothing_goes_on_from_other() -> None:
    assert evidence_of("吃饭3次，喝水2次。\n", "2次", before="other") == ()


def test_evidence_becomes_features_of_the_published_slot() -> None:
    evidence = (
        Evidence("road", 1.0, "near", "near 公路"),
        Evidence("road.rural", 1.5, "near", "near 农村公路"),
        Evidence("bridge", 0.4, "ahead", "ahead 危桥"),
    )
    found = candidate_features(evidence, CATALOGUE, before="bridge", named_before="training")
    assert found["road"]["cue near"] == 1.5
    assert found["road"]["most cues"] == 1.0
    assert "most cues" not in found["bridge"]
    assert found["bridge"]["slot of the figure before"] == 1.0
    assert found["training"] == {"slot of an earlier figure of that name": 1.0}
    assert candidate_features((), CATALOGUE, before=None, named_before=None) == {}


def test_only_slot_that_anything_speaks_for_is_told() -> None:
    found = candidate_features(
        (Evidence("bridge", 1.0, "near", "near 危桥"),), CATALOGUE, before=None, named_before=None
    )
    assert found["bridge"]["only slot with cues"] == 1.0


def test_features_of_the_place() -> None:
    text = "一、村组道路\n村组道路硬化12公里道路。\n"
    _, ((claim, mention),) = drafts_of(text, Role.TARGET)
    features = place_features(claim, mention, Vocabulary(("村组", "道路")), Report(of_project=True, sector="transport"))
    expected = {"name 村组", "name 道路", "behind 道路", "title 村组", "role target", "dimension length", "unit 公里"}
    assert expected | {"sector transport", "length in a project's report"} <= set(features)


@pytest.mark.parametrize(
    ("text", "surface", "slot", "base"),
    [
        ("改造危桥3座。\n", "3座", "bridge", "bridge"),
        ("举办培训2期，改造危桥3座。\n", "3座", "bridge", "bridge"),  # the cue beside it wins
        ("举办培训2期，改造危桥3座。\n", "2期", "training", "training"),
        ("改造危桥3座，验收2座。\n", "2座", "bridge", "bridge"),  # it goes on from the figure before
        ("新建农村公路12公里。\n", "12公里", "road.rural", "road"),  # a refined slot lies within its base
        ("新建公路12公里。\n", "12公里", "road", "road"),
        ("全年吃饭3次。\n", "3次", "other", "other"),  # nothing speaks
        ("改造危桥花费3万元。\n", "3万元", "other", "other"),  # of another dimension
        (TABLE, "4", "bridge", "bridge"),
    ],
)
def test_slot_that_most_speaks_for(text: str, surface: str, slot: str, base: str) -> None:
    claim = linked(text)[surface]
    assert (claim.slot, claim.slot_base) == (slot, base)


def test_marks_are_marks_whatever_is_said_around_them() -> None:
    claim = linked("改造危桥得3分。\n", Role.SCORE)["3分"]
    assert (claim.slot, claim.slot_base, claim.slot_confidence) == ("evaluation.score", "evaluation.score", 1.0)


def test_words_speak_for_slots_that_have_no_cue_there() -> None:
    text = "村组道路12公里。\n"
    assert linked(text)["12公里"].slot == "other"
    learnt = slot_model(road={"name 村组": 2.0, "name 道路": 2.0})
    claim = linked(text, model=learnt)["12公里"]
    assert claim.slot == "road"
    assert "slot road: name 村组" in claim.reasons


def test_reasons_tell_the_cue_and_that_nothing_else_fits() -> None:
    assert "slot bridge: near 危桥" in linked("改造危桥3座。\n")["3座"].reasons
    assert any(reason.startswith("slot other: ") for reason in linked("全年吃饭3次。\n")["3次"].reasons)


def test_confidence_is_greater_where_more_speaks() -> None:
    text = "危桥改造工程建设情况，全年共3座。\n"
    assert linked("改造危桥3座。\n")["3座"].slot_confidence > linked(text)["3座"].slot_confidence
