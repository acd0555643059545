"""Counts that a rate told elsewhere rests on: 收回问卷520份，满意479份, and in the table 满意度92.1%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.audit.relations.cues import RateWords, default_rate_words
from extract.audit.relations.figures import is_exact, is_percent
from extract.audit.relations.records import Figure, Relation
from extract.audit.relations.shapes import share_of
from extract.records import Role

_LOOK_BACK = 3
_NEAR = 14
_SAMPLES = ("满意", "好评", "合格", "达标", "知晓")


def find_samples(figures: Sequence[Figure]) -> Iterator[tuple[Relation, ...]]:
    """For each count over another of its sentence that no rate beside it sums up, the rates of that name elsewhere."""
    rates = [f for f in figures if is_percent(f) and is_exact(f) and f.claim.role is not Role.TARGET]
    for words in default_rate_words():
        if not any(stem in words.stem.pattern for stem in _SAMPLES):
            continue
        own = [f for f in rates if _is_named(f, words)]
        if not own:
            continue
        for part, base, together in _counts(figures, words):
            ways = [_share(rate, part, base, together) for rate in own if rate.value <= 100]
            if ways and len(ways) <= _LOOK_BACK:
                yield tuple(sorted(ways, key=lambda way: -way.sure))


def _is_named(rate: Figure, words: RateWords) -> bool:
    cell = rate.claim.cell
    name = rate.claim.indicator if cell is None else f"{cell.row_header} {cell.column_header}"
    return words.stem.search(name) is not None


def _counts(figures: Sequence[Figure], words: RateWords) -> Iterator[tuple[Figure, Figure, bool]]:
    for place, part in enumerate(figures):
        if not _is_count(part) or words.part.search(part.before[-_NEAR:]) is None or "不" in part.before[-_NEAR:]:
            continue
        following = figures[place + 1 : place + 2]
        if following and is_percent(following[0]) and following[0].sentence == part.sentence:
            continue
        for base in reversed(figures[max(0, place - _LOOK_BACK) : place]):
            if (
                _is_count(base)
                and base.kind == part.kind
                and base.sentence == part.sentence
                and base.value > part.value
            ):
                yield part, base, words.base.search(base.before[-_NEAR:] + base.after[:4]) is not None
                break


def _is_count(figure: Figure) -> bool:
    return figure.is_whole and is_exact(figure) and figure.value > 0


def _share(rate: Figure, part: Figure, base: Figure, together: bool) -> Relation:
    return share_of(rate, part, base, 0.82 if together else 0.6, rate.claim.indicator or "比率")
