"""Figures that follow from others by learnt weights: the readings, how their numbers fit, and what is told of them."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from extract.audit.following.model import default_following_weights, find_following
from extract.audit.following.numbers import fit_of, holds
from extract.audit.following.readings import Reading, readings_of
from extract.audit.following.scenes import Scene
from extract.audit.judging import restated
from extract.audit.relations import Figure, RelationKind, find_figures
from extract.extraction import extract
from extract.learning.misprints import misprinted


def figures_of(text: str) -> tuple[Figure, ...]:
    extraction = extract(text)
    return find_figures(extraction.document, extraction.claims)


def scene_of(text: str) -> Scene:
    figures = figures_of(text)
    return Scene(figures, restated(figures), {})


def reading_of(scene: Scene, kind: RelationKind, first: str, other: str) -> Reading:
    """That of the last figure by the two that are printed so."""
    found = readings_of(scene, len(scene.figures) - 1)
    return next(r for r in found if (r.kind, r.first.surface, r.other.surface) == (kind, first, other))


@pytest.mark.parametrize(
    ("text", "kind", "inputs", "how"),
    [
        ("排查隐患172处，整改148处，整改率86.05%。", RelationKind.QUOTIENT, ("148处", "172处"), "holds"),
        ("排查隐患172处，整改148处，整改率86.50%。", RelationKind.QUOTIENT, ("148处", "172处"), "swap in result"),
        ("排查隐患172处，整改148处，整改率8.605%。", RelationKind.QUOTIENT, ("148处", "172处"), "point of result"),
        ("排查隐患172处，整改148处，整改率116.22%。", RelationKind.QUOTIENT, ("148处", "172处"), "upside down"),
        ("排查隐患172处，整改184处，整改率86.05%。", RelationKind.QUOTIENT, ("184处", "172处"), "swap in input"),
        ("上年支出80.00万元，本年支出92.40万元，增长15.5%。", RelationKind.GROWTH, ("92.40万元", "80.00万元"), "holds"),
        (
            "上年80.00万元，今年92.40万元，增长13.4%。",
            RelationKind.GROWTH,
            ("92.40万元", "80.00万元"),
            "wrong base",
        ),
        ("预算32.00万元，支出26.85万元，结余5.15万元。", RelationKind.DIFFERENCE, ("32.00万元", "26.85万元"), "holds"),
        ("救助216户，发放救助资金64.80万元，户均3000元。", RelationKind.PRODUCT, ("64.80万元", "216户"), "holds"),
    ],
)
def test_numbers_of_a_reading_hold_or_are_a_slip_away(
    text: str, kind: RelationKind, inputs: tuple[str, str], how: str
) -> None:
    scene = scene_of(text)
    reading = reading_of(scene, kind, *inputs)
    own = scene.printed(scene.figures[-1])
    assert fit_of(own, reading).how == how
    assert holds(own, reading) is (how == "holds")


@pytest.mark.parametrize(
    "text",
    ["满意度95%。", "共12个乡镇，其中山区乡镇7个。", "约172处，整改148处。"],
)
def test_figures_that_nothing_is_said_to_reckon_have_no_reading(text: str) -> None:
    scene = scene_of(text)
    assert readings_of(scene, len(scene.figures) - 1) == []


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("全县应检车辆4,312台，实际检验4,186台，检验率79.08%。", "79.08%", "97.08%"),
        ("全年受理投诉1,286件，办结1,253件，办结率94.43%。", "94.43%", "97.43%"),
        ("编制86人，实有83人。实有人数占编制的69.51%。", "69.51%", "96.51%"),
    ],
)
def test_rates_that_do_not_follow_are_told(text: str, stated: str, expected: str) -> None:
    found = [(finding.stated, finding.expected) for finding in extract(text).findings]
    assert (stated, expected) in found


@pytest.mark.parametrize(
    "text",
    [
        "全县应检车辆4,312台，实际检验4,186台，检验率97.08%。",
        "全年受理投诉1,286件，办结1,253件，办结率高于县定95%。",
        "农村公路1,286公里，其中优良1,253公里，绿化覆盖率61.37%。",
        "三公经费支出12.40万元，占预算的77.5%。",
    ],
)
def test_figures_that_follow_or_have_nothing_to_follow_from_are_left(text: str) -> None:
    assert [f.message for f in extract(text).findings if f.rule in ("R01", "R02")] == []


def test_what_others_explain_is_not_reckoned_again() -> None:
    text = "全县应检车辆4,312台，实际检验4,186台，检验率79.08%。"
    figures = figures_of(text)
    scene, weights = Scene(figures, restated(figures), {}), default_following_weights()
    [relation] = find_following(scene, (), (), weights)
    assert relation.kind is RelationKind.QUOTIENT
    assert [figure.surface for figure in relation.figures] == ["79.08%", "4,186台", "4,312台"]
    assert list(find_following(scene, (relation,), (), weights)) == []


def test_misprints_change_value_and_print_together_unless_the_unit_is_wrong() -> None:
    figure = figures_of("本年支出1,234.56万元。")[0]
    printed = [wrong for seed in range(60) if (wrong := misprinted(figure, Random(seed), None)) is not None]
    in_other_units = [wrong for wrong in printed if wrong.surface == figure.surface]
    assert {wrong.value / figure.value for wrong in in_other_units} == {Decimal(10000), Decimal("0.0001")}
    for wrong in printed:
        if wrong not in in_other_units:
            numeral = wrong.surface.removesuffix("万元")
            assert float(numeral) == pytest.approx(float(wrong.value) / 1e4)
            assert wrong.value != figure.value
