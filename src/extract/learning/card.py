"""The model card: how the models do on reports that were kept out of training, group by group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from extract.evaluation.calibration import Sureness, calibration_error, equal_mass_bins
from extract.evaluation.counts import Measure
from extract.evaluation.groups import group_of
from extract.evaluation.score import Score, ShareName, added
from extract.learning.examples import Example

Scored = Sequence[tuple[Example, Score]]


def render_card(scored: Scored, *, studies: Iterable[str] = ()) -> str:
    """The card in Markdown; ``scored`` are reports with the score of models that had not seen them."""
    total = added(score for _, score in scored)
    parts = [
        _HEAD.format(
            reports=len(scored),
            mentions=sum(len(example.report.mentions) for example, _ in scored),
            pairs=sum(len(example.report.pairs) for example, _ in scored),
            batches=", ".join(sorted({example.batch for example, _ in scored})),
        ),
        "## Held-out scores\n\n" + _table("whole program", [("all reports", total)]),
        "## By role\n\n" + _roles(total),
        *(f"## By {grouping}\n\n" + _table(grouping, _grouped(scored, grouping)) for grouping in _GROUPINGS),
        "## Calibration\n\n" + _calibration(total),
        *studies,
        _LIMITS,
    ]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


_GROUPINGS: Mapping[str, Callable[[Example], str]] = {
    "batch": lambda example: example.batch,
    "sector": lambda example: group_of(example.report, "sector"),
    "layout": lambda example: group_of(example.report, "layout"),
}


def _grouped(scored: Scored, grouping: str) -> list[tuple[str, Score]]:
    groups: dict[str, list[Score]] = {}
    for example, score in scored:
        groups.setdefault(_GROUPINGS[grouping](example), []).append(score)
    return [(name, added(scores)) for name, scores in sorted(groups.items())]


def _table(what: str, rows: Iterable[tuple[str, Score]]) -> str:
    lines = [
        f"| {what} | quantities F1 | roles given found | macro F1 | slots given found | pairs F1 | unanswered F1 |"
    ]
    lines.append("|---|---|---|---|---|---|---|")
    for name, score in rows:
        counts, shares = score.counts, score.shares
        cells = (
            counts[Measure.QUANTITIES].f1,
            shares[ShareName.ROLES].rate,
            score.role_macro_f1,
            shares[ShareName.SLOTS].rate,
            counts[Measure.PAIRS].f1,
            counts[Measure.UNANSWERED].f1,
        )
        lines.append(f"| {name} | " + " | ".join(_figure(cell) for cell in cells) + " |")
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _roles(total: Score) -> str:
    lines = ["| role | precision | recall | F1 | claims |", "|---|---|---|---|---|"]
    roles = sorted({role for pair in total.confusion for role in pair})
    for role in roles:
        right = total.confusion.get((role, role), 0)
        gold = sum(count for (wanted, _), count in total.confusion.items() if wanted == role)
        given = sum(count for (_, got), count in total.confusion.items() if got == role)
        f1 = 2 * right / (gold + given) if gold + given else None
        shares = (right / given if given else None, right / gold if gold else None, f1)
        lines.append(f"| {role} | " + " | ".join(_figure(share) for share in shares) + f" | {gold} |")
    return "\n".join(lines)


def _calibration(total: Score) -> str:
    return "\n\n".join(
        f"Expected calibration error of {what}: {_figure(calibration_error(sure))} "
        "(ten bins of equal size).\n\n" + "\n".join(_bars(sure))
        for what, sure in (("roles", total.sure_roles), ("slots", total.sure_slots))
    )


def _bars(sure: Sequence[Sureness]) -> Iterator[str]:
    yield "| confidence | right | |"
    yield "|---|---|---|"
    for each in equal_mass_bins(sure):
        yield f"| {each.confidence:.3f} | {each.share:.3f} | {'█' * round(each.share * 20)} |"


_HEAD = """# Models

Plain weights that decide roles, slots and pairs, and which figures are meant to follow from which: `roles.tsv`,
`slots.tsv`, `pairs.tsv`, `following.tsv` (a feature, a choice and a weight a line) and `words.txt` (the words that
features are made of). `scripts/train` rebuilds all of them, and this page, byte for byte from `annotations/`.

Trained with {reports} annotated reports ({mentions} mentions, {pairs} pairs or open targets, batches {batches}). These
reports are invented. Every score below is of reports that the models had not seen: whole batches, each with layouts
and sectors of its own, were held out in turn."""

_LIMITS = """## What they are bad at

* Standing facts told among results (`context`), and differences that no word of comparison announces (`change`).
* Whether a sentence without a figure answers a target: targets answered in words and not at all are easily mistaken.
* Slots of sectors that are not land and forest: two annotators agreed on 90 of 100 there before they had written down
  common rules, and the line between `budget.project`, `budget.income` and `budget.expenditure` stays thin.
* Reports written in other ways than those they were trained with: real reports differ from written samples."""
