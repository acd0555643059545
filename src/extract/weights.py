"""Weights of linear models, kept as plain text: what a named feature says for each choice.

A weights file has one line a feature: its name, the choice that it speaks for (``*``: whichever candidate has it), and
the weight. A line ``=`` names the choices, lines ``!`` hold the calibration, those with ``#`` explain. Files are small
enough to be read by a person and compared line by line.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from extract.errors import LexiconError

ANY = "*"
FOLLOWING = "following.tsv"  #: the file of the weights by which figures follow from others
Features = Mapping[str, float]
_MOST_SHARED = 1024  #: whose scores are kept


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Features that many places have alike, made once: what they say is worked out once too, and kept."""

    features: Features


class Told(NamedTuple):
    """What is told of a place: features of its own, and those that it shares with many; none stands in both."""

    own: Features
    shared: tuple[Shared, ...] = ()

    def features(self) -> dict[str, float]:
        """All of them."""
        every: dict[str, float] = {}
        for each in self.shared:
            every.update(each.features)
        every.update(self.own)
        return every


@dataclass(frozen=True)
class Calibration:
    """How often a choice of that probability is right, by straight lines between knots."""

    knots: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))

    @cached_property
    def _edges(self) -> list[float]:
        return [x for x, _ in self.knots]

    def share(self, probability: float) -> float:
        """The share of choices of that probability that are right.

        >>> Calibration(((0.0, 0.25), (1.0, 0.75))).share(0.5)
        0.5
        """
        index = min(max(bisect_right(self._edges, probability), 1), len(self.knots) - 1)
        (x0, y0), (x1, y1) = self.knots[index - 1], self.knots[index]
        return y0 + (y1 - y0) * (probability - x0) / (x1 - x0) if x1 > x0 else y1


@dataclass(frozen=True)
class Weights:
    """A linear model: the score of a choice is the sum of its features, each times its weight."""

    choices: tuple[str, ...]  #: that features of a place speak for; none where candidates have their own
    shared: Mapping[str, float]  #: of features that a candidate has, whichever choice it is
    by_choice: Mapping[str, tuple[tuple[int, float], ...]]  #: feature → (index of a choice, weight)
    calibration: Calibration

    @cached_property
    def of_choice(self) -> Mapping[str, Mapping[str, float]]:
        """Choice → the weights of the features that speak of it."""
        own: dict[str, dict[str, float]] = {choice: {} for choice in self.choices}
        for name, row in self.by_choice.items():
            for index, weight in row:
                own[self.choices[index]][name] = weight
        return own

    @cached_property
    def _in_favour(self) -> Mapping[str, Mapping[str, float]]:
        """``of_choice`` without what speaks against it."""
        own: dict[str, dict[str, float]] = {choice: {} for choice in self.choices}
        for name, row in self.by_choice.items():
            for index, weight in row:
                if weight > 0:
                    own[self.choices[index]][name] = weight
        return own

    def scores(self, features: Features) -> list[float]:
        """What ``features`` of a place say for each of ``choices``."""
        totals = [0.0] * len(self.choices)
        row_of = self.by_choice.get
        for name, value in features.items():
            row = row_of(name)
            if row is not None:
                for index, weight in row:
                    totals[index] += weight * value
        return totals

    def scores_for(self, choices: tuple[str, ...], told: Told) -> list[float]:
        """What is told of a place says for each of some ``choices``; nothing for one that no feature speaks for."""
        own = [*self.scores(told.own), 0.0]
        of_own = [own[place] for place in self._places_of(choices)]
        of_shared = self._scores_of_shared
        return list(map(sum, zip(of_own, *[of_shared(each, choices) for each in told.shared], strict=True)))

    @cached_property
    def _scores_of_shared(self) -> Callable[[Shared, tuple[str, ...]], list[float]]:
        return lru_cache(maxsize=_MOST_SHARED)(lambda shared, choices: self.scores_for(choices, Told(shared.features)))

    @cached_property
    def _places_of(self) -> Callable[[tuple[str, ...]], list[int]]:
        places = {choice: place for place, choice in enumerate(self.choices)}
        return lru_cache(maxsize=_MOST_SHARED)(lambda choices: [places.get(choice, -1) for choice in choices])

    def score(self, features: Features) -> float:
        """What a candidate's own ``features`` say for it."""
        shared = self.shared
        return sum([shared[name] * value for name, value in features.items() if name in shared])

    def reasons(
        self, features: Features, choice: str, shared: Iterable[Shared] = (), *, most: int = 4
    ) -> tuple[str, ...]:
        """The features, shared ones among them, that speak most for ``choice``, strongest first."""
        found = self._in_favour_of(choice, features)
        for each in shared:
            found += self._reasons_of_shared(each, choice)
        return tuple([name for _, name in sorted(found)[:most]])

    def _in_favour_of(self, choice: str, features: Features) -> list[tuple[float, str]]:
        """What of ``features`` is worth saying for ``choice``, each name behind minus its worth."""
        own = self._in_favour[choice]
        found = [(-own[name] * features[name], name) for name in own.keys() & features.keys()]
        return [each for each in found if -each[0] > _WORTH_SAYING]

    @cached_property
    def _reasons_of_shared(self) -> Callable[[Shared, str], list[tuple[float, str]]]:
        return lru_cache(maxsize=_MOST_SHARED)(lambda shared, choice: self._in_favour_of(choice, shared.features))


_WORTH_SAYING = 0.15


def probabilities(scores: Sequence[float]) -> list[float]:
    """Shares of belief of the scores (softmax)."""
    top, exp = max(scores), math.exp
    grown = [exp(score - top) for score in scores]
    total = sum(grown)
    return [share / total for share in grown]


def parse_weights(text: str, name: str) -> Weights:
    """The model that a weights file spells out.

    Raises:
        LexiconError: naming file and line, if a line is none, a feature stands twice for one choice, or a
            calibration has a single line.
    """
    choices: tuple[str, ...] = ()
    shared: dict[str, float] = {}
    rows: dict[str, list[tuple[int, float]]] = {}
    knots: list[tuple[float, float]] = []
    index: dict[str, int] = {}
    alike: dict[tuple[int, float], tuple[int, float]] = {}  #: equal pairs are one, so that more of them are at hand
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line[0] == "#":
            continue
        cells = line.split("\t")
        try:
            if line[0] == "!":
                knots.append((float(cells[1]), float(cells[2])))
                continue
            if line[0] == "=":
                choices = tuple(cells[1:])
                index = {choice: place for place, choice in enumerate(choices)}
                continue
            feature, choice, weight = cells[0], cells[1], float(cells[2])
        except (IndexError, ValueError):
            raise LexiconError(f"{name}:{number}: {line!r} is not feature, choice and weight parted by tabs") from None
        if choice == ANY:
            if feature in shared:
                raise LexiconError(f"{name}:{number}: feature {feature!r} stands twice; keep one line")
            shared[feature] = weight
            continue
        if choice not in index:
            raise LexiconError(f"{name}:{number}: {choice!r} is none of the choices {', '.join(choices)}")
        row = rows.setdefault(feature, [])
        if any(place == index[choice] for place, _ in row):
            raise LexiconError(f"{name}:{number}: feature {feature!r} stands twice for {choice}; keep one line")
        pair = (index[choice], weight)
        row.append(alike.setdefault(pair, pair))
    if len(knots) == 1:
        raise LexiconError(f"{name}: one line '!' alone; a calibration needs two or more, or none")
    calibration = Calibration(tuple(knots)) if knots else Calibration()
    return Weights(choices, shared, {key: tuple(row) for key, row in rows.items()}, calibration)


def render_weights(weights: Weights, *, about: Iterable[str]) -> str:
    """The file of ``weights``: features in order of their names, so that two files can be compared."""
    lines = [f"# {line}" for line in about]
    lines += ["=\t" + "\t".join(weights.choices)] if weights.choices else []
    lines += [f"!\t{x:.3f}\t{y:.3f}" for x, y in weights.calibration.knots]
    lines += [f"{name}\t{ANY}\t{weight:.3f}" for name, weight in sorted(weights.shared.items())]
    for name, row in sorted(weights.by_choice.items()):
        lines += [f"{name}\t{weights.choices[index]}\t{weight:.3f}" for index, weight in sorted(row)]
    return "\n".join(lines) + "\n"


def models_folder() -> Path:
    """Where the weights that come with the program lie: in the package, or at the top of a checkout."""
    packaged = Path(str(files("extract"))) / "models"
    return packaged if packaged.is_dir() else Path(str(files("extract"))).parents[1] / "models"


@cache
def read_weights(path: Path) -> Weights:
    """The model in a weights file.

    Raises:
        LexiconError: if the file is missing or malformed.
    """
    if not path.is_file():
        raise LexiconError(f"{path.name}: no such weights in {path.parent.name}; run `extract train` to build them")
    return parse_weights(path.read_text(encoding="utf-8"), path.name)
