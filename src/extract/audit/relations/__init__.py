"""The graph of a document's relations: which figures hang together, by its wording and by its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from extract.audit.relations.averages import find_averages
from extract.audit.relations.balances import Ledger, find_balances, find_row_changes
from extract.audit.relations.beside import without_told_beside
from extract.audit.relations.changes import find_changes, find_over_goals
from extract.audit.relations.conversions import find_conversions
from extract.audit.relations.deductions import find_deductions
from extract.audit.relations.far_lists import find_far_lists
from extract.audit.relations.figures import find_figures, is_percent
from extract.audit.relations.flows import find_flows, find_flows_in_columns
from extract.audit.relations.growth import find_growth
from extract.audit.relations.halves import find_halves
from extract.audit.relations.item_lists import find_item_lists
from extract.audit.relations.marks_by_rate import find_marks_by_rate
from extract.audit.relations.named_parts import find_named_parts
from extract.audit.relations.points import find_points_as_percent
from extract.audit.relations.rates import find_rates
from extract.audit.relations.records import Band, Figure, Member, Part, Relation, RelationKind
from extract.audit.relations.retold import find_retold
from extract.audit.relations.row_averages import PricedRows, find_row_averages
from extract.audit.relations.sames import find_sames
from extract.audit.relations.samples import find_samples
from extract.audit.relations.shares import find_share_lists
from extract.audit.relations.slipped import find_slipped
from extract.audit.relations.sums import find_parts_within, find_sums, find_sums_across
from extract.audit.relations.tables import find_table_relations
from extract.audit.relations.tables.cell_lists import find_cell_lists
from extract.audit.relations.tables.sheets import sheets_of
from extract.audit.relations.told_rows import find_told_rows, find_told_scores
from extract.audit.relations.yearly import find_adjustment, find_against_before
from extract.claims.names import character_pairs
from extract.records import Pair

__all__ = [
    "Band",
    "Figure",
    "Member",
    "Part",
    "Relation",
    "RelationKind",
    "Ways",
    "find_figures",
    "find_relations",
]

Ways = tuple[Relation, ...]  #: the ways to read one statement, likeliest first
_MOST_NAMED = 12
_TELLING = 4  #: signs of a figure that is told again by its value alone
_BACK = 24  #: figures in front of a rate that it may be reckoned from


def find_relations(figures: Sequence[Figure], pairs: Sequence[Pair]) -> Iterator[Ways]:
    """What the wording, the tables and repeated statements tie together."""
    goals, named, ledger, seen = _goals(figures, pairs), _named(figures), Ledger(figures), 0
    priced = PricedRows(figures)
    for _, group in groupby(figures, key=lambda figure: figure.claim.segment.paragraph):
        paragraph = tuple(group)
        before: tuple[Figure, ...] = ()
        earlier: tuple[Figure, ...] = ()
        for _, own in groupby(paragraph, key=lambda figure: figure.sentence):
            sentence = tuple(own)
            yield from _of_sentence(sentence, earlier)
            earlier = (*earlier[-_BACK:], *sentence)
            across = find_sums_across(before, sentence)
            if across:
                yield across
            before = sentence
        for relation in (*find_conversions(paragraph), *find_named_parts(paragraph)):
            yield (relation,)
        yield from find_flows(paragraph)
        yield from find_halves(paragraph)
        known = figures[max(0, seen - _BACK) : seen + len(paragraph)]
        yield from find_share_lists(paragraph, known[: -len(paragraph)])
        yield from find_far_lists(paragraph, known[: -len(paragraph)])
        yield from _of_figures(paragraph, goals, named, known, ledger, priced)
        seen += len(paragraph)
    yield from find_table_relations(sheets_of(figures))
    yield from find_cell_lists(figures)
    yield from find_item_lists(figures)
    yield from find_flows_in_columns(figures)
    yield from find_samples(figures)
    yield from (ways for ways in find_marks_by_rate(figures) if ways)
    told_again = (relation for ways in find_told_rows(figures) for relation in ways)
    told = (*told_again, *find_told_scores(figures), *find_retold(figures), *find_sames(figures))
    for relation in without_told_beside((*told, *find_slipped(figures)), figures):
        yield (relation,)


def _of_sentence(sentence: tuple[Figure, ...], earlier: tuple[Figure, ...]) -> Iterator[Ways]:
    yield from find_sums(sentence, earlier)
    for relation in (*find_parts_within(sentence), *find_deductions(sentence)):
        yield (relation,)


def _of_figures(
    paragraph: tuple[Figure, ...],
    goals: Callable[[Figure], Sequence[Figure]],
    named: Callable[[str, Figure], Sequence[Figure]],
    known: Sequence[Figure],
    ledger: Ledger,
    priced: PricedRows,
) -> Iterator[Ways]:
    """The rates and changes of a paragraph: what they are reckoned from may stand in the sentence before."""
    first = len(known) - len(paragraph)
    for index, figure in enumerate(paragraph):
        if is_percent(figure):
            before = known[max(0, first + index - _BACK) : first + index]
            ways = find_growth(paragraph, index) or find_rates(paragraph, index, goals, named, before)
            ways = (*ways, *find_adjustment(paragraph, index), *find_points_as_percent(paragraph, index))
        else:
            ways = (*find_over_goals(paragraph, index, goals), *find_changes(paragraph, index))
        previous = paragraph[index - 1] if index else None
        each = (*find_averages(known, first + index), *find_row_averages(paragraph, index, priced))
        if each:
            yield tuple(sorted(each, key=lambda way: -way.sure))
        further = (
            *find_against_before(paragraph, index, named, ledger),
            *find_row_changes(figure, previous, ledger),
            *find_balances(figure, ledger),
        )
        if ways or further:
            yield tuple(sorted((*ways, *further), key=lambda way: -way.sure))


def _goals(figures: Sequence[Figure], pairs: Sequence[Pair]) -> Callable[[Figure], Sequence[Figure]]:
    """The targets that an actual answers, or another statement of its value."""
    by_id = {figure.claim.id: figure for figure in figures}
    targets: dict[str, list[Figure]] = {}
    for pair in pairs:
        if pair.actual is not None and pair.target.id in by_id:
            targets.setdefault(pair.actual.id, []).append(by_id[pair.target.id])
    by_value: dict[tuple[str, Decimal], list[Figure]] = {}
    for figure in figures:
        if len(figure.surface) >= _TELLING:
            by_value.setdefault((figure.kind, figure.value), []).extend(targets.get(figure.claim.id, ()))

    def find(figure: Figure) -> Sequence[Figure]:
        own = targets.get(figure.claim.id, [])
        return own if own else by_value.get((figure.kind, figure.value), [])

    return find


def _named(figures: Sequence[Figure]) -> Callable[[str, Figure], Sequence[Figure]]:
    """The figures whose name holds all of some words, those nearest before a place first."""
    by_pair: dict[str, list[tuple[int, Figure]]] = {}
    place_of: dict[str, int] = {}
    for place, figure in enumerate(figures):
        place_of[figure.claim.id] = place
        for pair in character_pairs(figure.claim.indicator):
            by_pair.setdefault(pair, []).append((place, figure))

    def find(words: str, near: Figure) -> Sequence[Figure]:
        wanted = character_pairs(words)
        if len(wanted) < 2:
            return ()
        rarest = min((by_pair.get(pair, []) for pair in wanted), key=len)
        here = place_of[near.claim.id]
        like = [
            (abs(place - here), figure) for place, figure in rarest if wanted <= character_pairs(figure.claim.indicator)
        ]
        return [figure for _, figure in sorted(like, key=lambda item: item[0])[:_MOST_NAMED]]

    return find
