"""The ways in which a fault comes into a report: each gives the faults of its kind that a report has room for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero
from random import Random

from extract.annotation.related import NUMBER, PrintedNumber, RelatedReport, ToldRelation
from mutating.faults import Edit, Fault, place, rescaled
from mutating.formulas import Printed, printed
from mutating.lacking import judged
from mutating.orphans import doubt

Operator = Callable[[RelatedReport, Random], Iterator[Fault]]

#: a unit → the one written in its place, and what a figure is worth then in units of the first
SLIPS = {
    "万元": ("元", "0.0001"),
    "亿元": ("万元", "0.0001"),
    "平方公里": ("公顷", "0.01"),
    "公顷": ("亩", "0.0666666667"),
    "公里": ("米", "0.001"),
    "万亩": ("亩", "0.0001"),
    "万人次": ("人次", "0.0001"),
    "万人": ("人", "0.0001"),
    "吨": ("公斤", "0.001"),
    "个百分点": ("%", "100"),
}
_UNIT = re.compile("|".join(sorted(SLIPS, key=len, reverse=True)))
_DOUBLED = re.compile(r"万元|亿元|公顷|公里|平方米|元|亩|吨|%")
_BOUND = re.compile(r"(?:≥|≤|不低于|不少于|不超过)$")
_MARGIN = "、，,；;：:。.\n（）()|｜\t"
_SEPARATORS = "、，,；;"
_TABLE_LINE = re.compile(r"[\t|｜]|\S {2,}\S")
_RATES = {"rate", "completion", "execution"}
_SUMS = {"total", "balance", "headcount", "difference"}


def digit_changed(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for figure in report.figures:
        at = random.choice([index for index, sign in enumerate(figure.digits) if sign.isdigit()])
        others = [digit for digit in "0123456789" if digit != figure.digits[at] and (at or digit != "0")]
        yield _misprinted(report, "digit", figure, _with(figure.digits, at, random.choice(others)))


def digits_swapped(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for figure in report.figures:
        digits = figure.digits
        pairs = [
            at
            for at in range(len(digits) - 1)
            if digits[at : at + 2].isdigit() and digits[at] != digits[at + 1] and (at or digits[1] != "0")
        ]
        if pairs:
            at = random.choice(pairs)
            yield _misprinted(report, "swap", figure, digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def point_shifted(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for figure in report.figures:
        whole, point, rest = figure.digits.replace(",", "").partition(".")
        if not point:
            continue
        left, right = f"{whole[:-1]}.{whole[-1]}{rest}", f"{whole}{rest[0]}.{rest[1:]}".rstrip(".")
        wrong = [shifted for shifted in (left, right) if re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d+)?", shifted)]
        if wrong:
            yield _misprinted(report, "point", figure, random.choice(wrong))


def unit_slipped(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for figure in report.figures:
        match = _UNIT.match(report.text, figure.end)
        if match is None:
            continue
        unit, worth = SLIPS[match.group()]
        edit = Edit(figure.start, match.end(), figure.digits + unit)
        yield place(report, "unit", edit, figure=figure.digits, now=rescaled(figure, Decimal(worth)))


def unit_doubled(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for figure in report.figures:
        match = _DOUBLED.match(report.text, figure.end)
        if match is not None:
            edit = Edit(figure.start, match.end(), figure.digits + match.group() * 2)
            yield place(report, "doubled unit", edit, now=printed(figure), evident=True)


def figure_malformed(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for figure in report.figures:
        digits = figure.digits.replace(",", ".") if "," in figure.digits else _with_second_point(figure.digits)
        if digits.count(".") > 1:
            edit = Edit(*figure.place, digits)
            yield place(report, "malformed", edit, figure=figure.digits, now=Printed(digits))


def part_dropped(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for relation in _of_kind(report, {"total"}):
        spans = (_clause_of(report.text, part) for part in relation.figures[:-1])
        for span in spans:
            if span is not None and len(relation.figures) > 3:
                yield judged(report, place(report, "part dropped", Edit(*span, "")))


def row_dropped(report: RelatedReport, random: Random) -> Iterator[Fault]:
    lines = {_line_of(report.text, figure.start) for relation in report.relations for figure in relation.figures}
    for start, end in sorted(lines):
        if _TABLE_LINE.search(report.text, start, end):
            yield judged(report, place(report, "row dropped", Edit(start, end + 1, "")))


def total_changed(report: RelatedReport, random: Random) -> Iterator[Fault]:
    """A sum that forgot its least part, or carried wrongly."""
    for relation in _of_kind(report, _SUMS):
        *parts, total = relation.figures
        value = printed(total).value
        least = min(printed(part).value for part in parts)
        carry = Decimal(10) ** random.randint(0, max(0, value.adjusted() - 1))
        wrong = [value - least] if relation.kind == "total" else []
        yield from _refigured(report, "total", total, random.choice([*wrong, value + carry, value - carry]))


def rate_changed(report: RelatedReport, random: Random) -> Iterator[Fault]:
    """A rate the wrong way round, or some points beside."""
    for relation in _of_kind(report, _RATES):
        rate = relation.figures[-1]
        value = printed(rate).value
        points = Decimal(random.choice([-5, -3, -2, -1, 1, 2, 3, 5])) * max(printed(rate).step, Decimal(1))
        inverse = [10000 / value] if relation.formula.endswith("%") and value else []
        yield from _refigured(report, "rate", rate, random.choice([*inverse, value + points]))


def growth_changed(report: RelatedReport, random: Random) -> Iterator[Fault]:
    """A growth taken over the wrong year, or some points beside."""
    for relation in _of_kind(report, {"growth"}):
        growth = relation.figures[-1]
        value = printed(growth).value
        other = 100 * value / (100 + value)
        points = Decimal(random.choice([-4, -2, -1, 1, 2, 4]))
        yield from _refigured(report, "growth", growth, random.choice([other, value + points]))


def score_changed(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for figure in _scores(report):
        less = Decimal(random.choice(["0.5", "1", "2"]))
        yield from _refigured(report, "score", figure, printed(figure).value + random.choice([less, -less]))


def weight_changed(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for relation in _of_kind(report, {"weight-sum"}):
        for figure in relation.figures[:-1]:
            yield from _refigured(
                report, "weight", figure, printed(figure).value + random.choice([-5, -2, -1, 1, 2, 5])
            )


def restatement_changed(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for relation in _of_kind(report, {"restated"}):
        figure = random.choice(relation.figures)
        at = random.choice([index for index, sign in enumerate(figure.digits) if sign.isdigit()])
        others = [digit for digit in "0123456789" if digit != figure.digits[at] and (at or digit != "0")]
        yield _misprinted(report, "restated", figure, _with(figure.digits, at, random.choice(others)))


def actual_short(report: RelatedReport, random: Random) -> Iterator[Fault]:
    """An actual 4 to 20 % on the wrong side of its target, marks as before."""
    for relation in _comparisons(report):
        actual, target = relation.figures[:2]
        share = Decimal(random.randint(80, 96)) / 100
        worse = printed(target).value * share if ">=" in relation.formula else printed(target).value / share
        yield from _refigured(report, "short", actual, worse)


def target_orphaned(report: RelatedReport, random: Random) -> Iterator[Fault]:
    """The figure that answers a target gone: an empty cell, or a clause left out (``orphans`` says when it shows)."""
    for relation in _comparisons(report):
        actual = relation.figures[0]
        cell = _cell_of(report.text, actual)
        span = cell or _clause_of(report.text, actual)
        if span is None or _line_of(report.text, span[0]) == _line_of(report.text, relation.figures[1].start) == span:
            continue
        edit = Edit(*span, "")
        if edit.removes(relation.figures[1]):
            continue
        fault = place(report, "orphaned", edit)
        why = "" if cell is not None else doubt(report, relation, edit)
        yield replace(fault, broken=(relation,), provable=not why, doubt=why)


def actual_repeats_bound(report: RelatedReport, random: Random) -> Iterator[Fault]:
    for relation in _comparisons(report):
        actual, target = relation.figures[:2]
        bound = _BOUND.search(report.text, max(0, target.start - 3), target.start)
        if bound is not None and not _BOUND.search(report.text, max(0, actual.start - 3), actual.start):
            edit = Edit(*actual.place, bound.group() + target.digits)
            fault = place(report, "bound", edit, now=printed(target))
            yield replace(fault, broken=(relation,), provable=True)


#: kind → its operator and how many faults of it a report gets at most
OPERATORS: dict[str, tuple[Operator, int]] = {
    "digit": (digit_changed, 14),
    "swap": (digits_swapped, 10),
    "point": (point_shifted, 8),
    "unit": (unit_slipped, 8),
    "part dropped": (part_dropped, 8),
    "row dropped": (row_dropped, 4),
    "total": (total_changed, 10),
    "rate": (rate_changed, 8),
    "growth": (growth_changed, 5),
    "score": (score_changed, 5),
    "weight": (weight_changed, 4),
    "restated": (restatement_changed, 8),
    "short": (actual_short, 6),
    "orphaned": (target_orphaned, 5),
    "bound": (actual_repeats_bound, 3),
    "malformed": (figure_malformed, 4),
    "doubled unit": (unit_doubled, 4),
}


def planted(report: RelatedReport, *, kinds: tuple[str, ...] = (), limit: int | None = None) -> list[Fault]:
    """Faults of a report, the same in every run: of each kind as many as ``OPERATORS`` says, or ``limit``."""
    faults: list[Fault] = []
    for kind, (operator, most) in OPERATORS.items():
        if kinds and kind not in kinds:
            continue
        random = Random(f"{report.name} {kind}")
        room = list({(fault.edit.start, fault.edit.wrong): fault for fault in operator(report, random)}.values())
        chosen = random.sample(room, min(len(room), most))[:limit]
        faults += sorted(chosen, key=lambda fault: (fault.edit.start, fault.edit.wrong))
    return faults


def _misprinted(report: RelatedReport, kind: str, figure: PrintedNumber, digits: str) -> Fault:
    return place(report, kind, Edit(*figure.place, digits), figure=figure.digits, now=Printed(digits))


def _refigured(report: RelatedReport, kind: str, figure: PrintedNumber, value: Decimal) -> Iterator[Fault]:
    """Another value printed as the figure is; none where it cannot be."""
    try:
        rounded = value.quantize(printed(figure).step, ROUND_HALF_UP)
    except DivisionByZero:
        return
    if rounded > 0 and rounded != printed(figure).value:
        digits = f"{rounded:,f}" if "," in figure.digits else f"{rounded:f}"
        yield _misprinted(report, kind, figure, digits)


def _with(digits: str, at: int, digit: str) -> str:
    return digits[:at] + digit + digits[at + 1 :]


def _with_second_point(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{whole[:-2]}.{whole[-2:]}.{rest}" if point and len(whole) > 2 else digits


def _of_kind(report: RelatedReport, kinds: set[str]) -> Iterator[ToldRelation]:
    return (relation for relation in report.relations if relation.kind in kinds)


def _comparisons(report: RelatedReport) -> Iterator[ToldRelation]:
    return (relation for relation in report.relations if re.match(r"a[<>]=b", relation.formula))


def _scores(report: RelatedReport) -> list[PrintedNumber]:
    """The marks given, but for their total."""
    marks = {relation.figures[2] for relation in _comparisons(report) if len(relation.figures) > 2}
    shares = {relation.figures[-1] for relation in report.relations if relation.kind == "fund-score"}
    parts = {part for relation in _of_kind(report, {"score"}) for part in _parts_of_sum(relation)}
    return sorted({figure.place: figure for figure in marks | shares | parts}.values())


def _parts_of_sum(relation: ToldRelation) -> tuple[PrintedNumber, ...]:
    return relation.figures[:-1] if re.fullmatch(r"[a-zA-Z](?:\+[a-zA-Z])+=[a-zA-Z]", relation.formula) else ()


def _line_of(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def _cell_of(text: str, figure: PrintedNumber) -> tuple[int, int] | None:
    """The words of a cell that holds this figure and no other; None outside of tables."""
    start, end = _line_of(text, figure.start)
    if not re.search(r"[\t|｜]", text[start:end]):
        return None
    first, last = figure.start, figure.end
    while first > start and text[first - 1] not in "\t|｜":
        first -= 1
    while last < end and text[last] not in "\t|｜":
        last += 1
    return (first, last) if len(NUMBER.findall(text[first:last])) == 1 else None


def _clause_of(text: str, figure: PrintedNumber) -> tuple[int, int] | None:
    """The clause that holds this figure and no other, with the comma that parts it from a neighbour; None in tables."""
    start, end = _line_of(text, figure.start)
    if _TABLE_LINE.search(text, start, end):
        return None
    first, last = figure.start, figure.end
    while first > start and text[first - 1] not in _MARGIN:
        first -= 1
    while last < end and text[last] not in _MARGIN:
        last += 1
    if len(NUMBER.findall(text[first:last])) != 1 or not re.search(r"\w", text[first : figure.start]):
        return None
    if last < end and text[last] in _SEPARATORS and first > start and text[first - 1] in _MARGIN:
        return first, last + 1
    if first > start and text[first - 1] in _SEPARATORS:
        return first - 1, last
    return None
