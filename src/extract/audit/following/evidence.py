"""What words, places and numbers say about the ways to reckon a figure, as named features."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from extract.audit.following.numbers import Fit, fit_of
from extract.audit.following.places import FILLERS, SMALL, WHOLE, cues_of_input
from extract.audit.following.readings import Reading
from extract.audit.following.scenes import CLAUSE, NAME, Scene, is_beside, named_rate, words_near
from extract.audit.relations.averages import per_of
from extract.audit.relations.cues import RateWords, default_rate_words, said
from extract.audit.relations.figures import is_percent
from extract.audit.relations.records import Figure, RelationKind
from extract.claims.names import character_pairs
from extract.records import Dimension

_RATE_SIGN = re.compile(r"(?:率|度|比例|比重)$")
_STEPS = ((0.02, "0.02"), (0.06, "0.06"), (0.15, "0.15"), (0.35, "0.35"), (0.8, "0.8"), (1.6, "1.6"))
_MOST_RANK, _MOST_BETWEEN, _SHARED = 4, 6, 3
_FAR = 30  #: figures apart from which no one counts those between
_NEAR_RANK = 2


class Proof(NamedTuple):
    """A reading that was found to hold, and the place of its result among the figures."""

    place: int
    reading: Reading
    places: tuple[int, int]


class Fitted(NamedTuple):
    """One reading with how its numbers fit."""

    reading: Reading
    fit: Fit


class Evidence(NamedTuple):
    """One reading with what speaks for it."""

    reading: Reading
    fit: Fit
    features: dict[str, float]


def fitted(around: Around, readings: Sequence[Reading]) -> list[Fitted]:
    """Each reading of a figure that its numbers or its place speak for."""
    own = around.scene.printed(around.result)
    fits = [Fitted(reading, fit_of(own, reading)) for reading in readings]
    return [each for each in fits if each.fit.how or around.is_near(each.reading)]


def evidence_of(around: Around, known: Sequence[Fitted], proofs: Sequence[Proof]) -> list[Evidence]:
    """What speaks for each reading of a figure; ``proofs`` are those found before it, last ones last."""
    out = []
    for reading, fit in known:
        op = reading.kind.value
        names = [*around.of_input("a", reading.first), *around.of_input("b", reading.other)]
        names += _of_order(around, reading)
        names += _of_words(around, reading)
        names += _of_siblings(around, reading, proofs)
        names += _of_size(around, reading)
        features = dict.fromkeys(names, 1.0)
        for name in names:
            features[f"{op} {name}"] = 1.0
        features[op] = 1.0
        features |= _of_fit(reading, fit)
        out.append(Evidence(reading, fit, features))
    _add_rivals(out)
    return out


class Around:
    """A figure among the others of its document, with what is asked of it often."""

    def __init__(self, scene: Scene, index: int) -> None:
        self.scene, self.figures, self.index, self.result = scene, scene.figures, index, scene.figures[index]
        self._inputs: dict[tuple[str, str], list[str]] = {}
        self._ranks: dict[str, int] = {}
        self._like: dict[str, int] = {}

    @cached_property
    def words(self) -> str:
        return self.scene.words_of(self.index)

    @cached_property
    def tail(self) -> str:
        """Its words without those that lead over to it."""
        return FILLERS.sub("", self.words)

    @cached_property
    def stem(self) -> str:
        """The end of its name, without what says that it is a rate."""
        return _RATE_SIGN.sub("", CLAUSE.split(self.tail)[-1])[-4:]

    @cached_property
    def name(self) -> frozenset[str]:
        return character_pairs(self.tail[-NAME:] + self.result.claim.indicator[-NAME:])

    @cached_property
    def named(self) -> RateWords | None:
        """What a rate of its name is made of."""
        return named_rate(self.tail[-NAME:])

    def place(self, figure: Figure) -> int:
        return self.scene.place(figure)

    def of_input(self, part: str, figure: Figure) -> list[str]:
        """What speaks of a figure that the result may follow from, as one ``part`` of what it is reckoned from."""
        key = part, figure.claim.id
        if key not in self._inputs:
            self._inputs[key] = [f"{part} {name}" for name in (*_of_place(self, figure), *_of_name(self, figure))]
        return self._inputs[key]

    def is_near(self, reading: Reading) -> bool:
        """Whether its words may tie it to the result where the numbers do not."""
        inputs = reading.first, reading.other
        furthest = max(map(self.rank, inputs))
        if furthest > _NEAR_RANK:
            return False
        if all(is_beside(figure, self.result) for figure in inputs):
            return True
        own = self.result.claim.segment.paragraph
        return furthest < _NEAR_RANK and all(figure.claim.segment.paragraph == own for figure in inputs)

    def like(self, kind: str) -> int:
        """How many figures of a kind its sentence has in front of it."""
        if kind not in self._like:
            near = self.figures[max(0, self.index - SMALL) : self.index]
            own = sum(figure.kind == kind and figure.sentence == self.result.sentence for figure in near)
            self._like[kind] = min(own, _MOST_RANK)
        return self._like[kind]

    def rank(self, figure: Figure) -> int:
        """How many figures of its kind stand between it and the result; −1 for one behind."""
        key = figure.claim.id
        if key not in self._ranks:
            self._ranks[key] = self._rank(figure)
        return self._ranks[key]

    def _rank(self, figure: Figure) -> int:
        place = self.place(figure)
        if place > self.index:
            return -1
        if self.index - place > _FAR:
            return _MOST_RANK
        between = self.figures[place + 1 : self.index]
        return min([other.kind for other in between].count(figure.kind), _MOST_RANK)


def _of_place(around: Around, figure: Figure) -> list[str]:
    result = around.result
    names = [*cues_of_input(figure.before, figure.after), f"role {figure.claim.role.value}"]
    if figure.claim.stage is not None:
        names.append(f"stage {figure.claim.stage.value}")
    names.append(f"rank {around.rank(figure)}")
    if figure.sentence == result.sentence:
        names.append(f"group {figure.group == result.group}")
    elif is_beside(figure, result):
        names.append("row")
    else:
        same = figure.claim.segment.paragraph == result.claim.segment.paragraph
        names.append("paragraph" if same else "afar")
    if around.scene.told.get(figure.claim.id):
        names.append("told again")
    depth = (figure.depth > result.depth) - (figure.depth < result.depth)
    if depth:
        names.append(f"depth {depth}")
    if figure.claim.cell is not None and result.claim.cell is None:
        names.append("cell")
    return names


def _of_name(around: Around, figure: Figure) -> list[str]:
    near = words_near(figure)
    names, stem = list[str](), around.stem
    shared = len(around.name & character_pairs(near))
    if shared:
        names.append(f"shares {min(shared, _SHARED)}")
    if any(stem[i : i + 2] in near or stem[i : i + 2][::-1] in near for i in range(len(stem) - 1)):
        names.append("has stem")
    elif stem and stem[-1] in near:
        names.append("has sign")
    if around.named is not None:
        names.append(f"part named {around.named.part.search(near) is not None}")
        names.append(f"base named {around.named.base.search(near) is not None}")
    elif is_part_of_a_rate(near):
        names.append("of a rate")
    return names


def unit_of(figure: Figure) -> str:
    """As printed: 万元, where the claim says 元."""
    return figure.surface.lstrip("0123456789.,，")


@lru_cache(maxsize=8192)
def is_part_of_a_rate(words: str) -> bool:
    return any(row.part.search(words) for row in default_rate_words())


def _of_order(around: Around, reading: Reading) -> list[str]:
    first, other = around.place(reading.first), around.place(reading.other)
    names = ["a before b" if first < other else "b before a"]
    apart = abs(first - other)
    names.append(f"apart {min(apart, _MOST_BETWEEN)}")
    names.append(f"last {min(around.index - max(first, other), _MOST_RANK)}")
    units = [unit_of(around.result), unit_of(reading.first), unit_of(reading.other)]
    if units[1] != units[2]:
        names.append("units differ")
    if reading.kind in (RelationKind.DIFFERENCE, RelationKind.SUM) and units[0] != units[1]:
        names.append("unit of result differs")
    if is_beside(reading.first, reading.other):
        names.append("of one sentence")
        if apart <= 1:
            names.append("together")
        if reading.first.group == reading.other.group:
            names.append("of one group")
    if reading.first.kind != reading.other.kind and reading.kind is not RelationKind.PRODUCT:
        names.append("of two measures")
    names.append(f"like {around.like(reading.other.kind)}")
    one, two = reading.first.claim.period, reading.other.claim.period
    if one is not None and two is not None and one != two:
        names.append("years" if one > two else "years turned")
    return names


def _of_words(around: Around, reading: Reading) -> list[str]:
    both = character_pairs(reading.first.claim.indicator) & character_pairs(reading.other.claim.indicator)
    return [f"names alike {min(len(both), _SHARED)}"]


def _of_siblings(around: Around, reading: Reading, proofs: Sequence[Proof]) -> list[str]:
    names = list[str]()
    steps = (around.index - around.place(reading.first), around.index - around.place(reading.other))
    for proof in reversed(proofs[-_SHARED:]):
        if around.index - proof.place > SMALL or proof.reading.kind is not reading.kind:
            continue
        if proof.reading.other.value == reading.other.value:
            names.append("base of sibling")
        if proof.place - proof.places[0] == steps[0]:
            names.append("first as sibling's")
        if proof.place - proof.places[1] == steps[1]:
            names.append("other as sibling's")
        if names:
            like = around.scene.words_of(proof.place).rstrip("为达约是")[-2:] == around.tail[-2:]
            joined = " and ".join(names)
            names += [joined, f"{joined}, worded alike"] if like else [joined]
            break
    return names


def _of_size(around: Around, reading: Reading) -> list[str]:
    names, result = list[str](), around.result
    off = abs(math.log(reading.value / around.scene.printed(result).value))
    names.append(f"off {next((name for most, name in _STEPS if off <= most), 'far')}")
    less, more = sorted(around.scene.printed(figure).value for figure in (reading.first, reading.other))
    names.append(f"part {'tiny' if less < more / 50 else 'small' if less < more / 5 else 'large'}")
    if reading.first.value > reading.other.value:
        names.append("a over b")
        if is_percent(result):
            names.append(f"a over b {result.value > WHOLE}")
    if is_percent(result) and reading.value > WHOLE and result.value <= WHOLE:
        names.append("whole passed")
    if reading.kind is RelationKind.GROWTH:
        rises, falls = said("up", around.words), said("down", around.words)
        if rises != falls:
            names.append(f"way {rises == (reading.first.value > reading.other.value)}")
    if reading.kind is RelationKind.PRODUCT:
        per = per_of(result)
        names.append(f"per {bool(per)}")
        names.append(f"counted {reading.other.claim.quantity.dimension is Dimension.COUNT}")
    return names


def _of_fit(reading: Reading, fit: Fit) -> dict[str, float]:
    if not fit.how:
        return {"fits not": 1.0}
    return {f"fit {fit.how}": 1.0, f"telling {fit.how}": fit.telling / 4}


def _add_rivals(found: Sequence[Evidence]) -> None:
    """How many others there are, and whether the numbers of one fit best."""
    crowd = math.log(1 + len(found))
    best = max((e.fit.telling for e in found if e.fit.how), default=0.0)
    for each in found:
        each.features["crowd"] = crowd
        if each.fit.how:
            each.features["fit in a crowd"] = crowd
            if each.fit.telling >= best:
                each.features["fits best"] = 1.0
