"""What the words in front of a figure say about how it may be reckoned, as named features."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from extract.audit.following.readings import POINTS
from extract.audit.following.scenes import Scene
from extract.audit.relations.cues import said
from extract.audit.relations.figures import is_percent
from extract.audit.relations.records import Figure
from extract.lexicons import data_text, table_rows

_CUES = "following_cues.tsv"
FILLERS = re.compile(r"[为达约是了到仅有“”\"()的]+$|(?:达到|分别)$")
_COMMAS = re.compile(r"[，,:。;]")
_TAIL = 8
SMALL, WHOLE = 10, 100


@cache
def _cues_of(side: str) -> tuple[str, ...]:
    rows = table_rows(_CUES, data_text(_CUES), ("cue", "of"))
    return tuple(cells["cue"] for _, cells in rows if cells["of"] in (side, "both"))


@lru_cache(maxsize=8192)
def cues_of_result(words: str) -> tuple[str, ...]:
    return tuple(cue for cue in _cues_of("result") if said(cue, words))


@lru_cache(maxsize=8192)
def cues_of_input(words: str, after: str) -> tuple[str, ...]:
    found = [cue for cue in _cues_of("input") if said(cue, words)]
    found += ["of"] if said("of", words) else []
    found += ["compared behind"] if said("compared_head", after) else []
    found += ["of behind"] if said("of_base", after) else []
    found += ["done behind"] if said("done", after[:4]) else []
    found += ["listed"] if words.startswith("、") else []
    return tuple(found)


def features_of_place(scene: Scene, index: int) -> dict[str, float]:
    """What the words of the figure say about how it may be reckoned, if at all."""
    figure = scene.figures[index]
    words = scene.words_of(index)
    features = {f"cue {cue}": 1.0 for cue in cues_of_result(words)}
    tail = FILLERS.sub("", words)[-_TAIL:]
    for one, other in pairwise(tail):
        features[f"near {one}{other}"] = 1.0
    if tail:
        features[f"end {tail[-2:]}"] = 1.0
        features[f"end {tail[-1]}"] = 1.0
    features[f"role {figure.claim.role.value}"] = 1.0
    features[f"unit {_unit_class(figure)}"] = 1.0
    features[f"digits {min(digits_of(scene.printed(figure).numeral), 5)}"] = 1.0
    features[f"commas {min(len(_COMMAS.findall(words)), 3)}"] = 1.0
    features["long words"] = min(len(words), 30) / 10
    if figure.value > WHOLE and is_percent(figure):
        features["over 100"] = 1.0
    if figure.depth:
        features["in brackets"] = 1.0
    if figure.claim.cell is not None:
        features["in a cell"] = 1.0
        features[f"column {figure.claim.cell.kind}"] = 1.0
        if not figure.before:
            features["begins a cell"] = 1.0
    if scene.told.get(figure.claim.id):
        features["told again"] = 1.0
    if figure.after[:1]:
        features[f"then {figure.after[:1]}"] = 1.0
    return features


def digits_of(numeral: str) -> int:
    """How many digits say something: of 1200 two.

    >>> digits_of("1200"), digits_of("0.50")
    (2, 2)
    """
    digits = numeral.replace(".", "").lstrip("0")
    return len(digits) if "." in numeral else len(digits.rstrip("0"))


def _unit_class(figure: Figure) -> str:
    if is_percent(figure):
        return "%"
    if figure.kind == POINTS:
        return "points"
    return figure.claim.quantity.dimension.value
