"""Scores as a table for a person, and as one record for a program."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.evaluation.calibration import calibration_error
from extract.evaluation.counts import Counts, Measure
from extract.evaluation.mistakes import Mistake, MistakeKind, first_of_each_kind
from extract.evaluation.score import Score, ShareName

WIDTH = 110
Groups = Mapping[str, tuple[int, Score]]  #: group → how many reports it has, and their score

_ZH: Mapping[str, str] = {
    Measure.QUANTITIES: "数字",
    Measure.SPANS: "起止",
    Measure.ROLES: "角色",
    Measure.SLOTS: "指标",
    Measure.PAIRS: "对照",
    Measure.UNANSWERED: "无回应",
    Measure.FINDINGS: "问题",
    ShareName.ROLES: "角色｜已找到",
    ShareName.SLOTS: "指标｜已找到",
    ShareName.APPROX: "约数｜已找到",
    ShareName.VERDICT: "结论｜已找到",
    ShareName.FIGURE: "应为数｜已找到",
    MistakeKind.MISSED_QUANTITY: "漏掉的数字",
    MistakeKind.SPURIOUS_QUANTITY: "多出的数字",
    MistakeKind.WRONG_SPAN: "起止不对",
    MistakeKind.WRONG_APPROX: "约数不对",
    MistakeKind.WRONG_ROLE: "角色不对",
    MistakeKind.WRONG_SLOT: "指标不对",
    MistakeKind.MISSED_PAIR: "漏掉的对照",
    MistakeKind.WRONG_PAIR: "错误的对照",
    MistakeKind.WRONG_VERDICT: "结论不对",
    MistakeKind.MISSED_UNANSWERED: "漏掉的无回应目标",
    MistakeKind.WRONG_UNANSWERED: "误判为无回应",
    MistakeKind.MISSED_FINDING: "漏掉的问题",
    MistakeKind.FALSE_FINDING: "误报的问题",
    "measure": "项目",
    "precision": "准确率",
    "recall": "召回率",
    "right/predicted/gold": "正确/预测/标注",
    "group": "分组",
    "reports": "报告",
    "figures": "标注数字",
    "roles macro-F1": "角色宏平均 F1",
    "role calibration error": "角色置信度误差",
    "slot calibration error": "指标置信度误差",
    "findings in zones": "未标注区内的问题",
    "findings against what holds": "与核对无误相抵的问题",
    "advisory": "提示性问题",
}


def words(language: str) -> Mapping[str, str]:
    """English label → the label in ``language``; labels that it lacks stay English."""
    return _ZH if language == "zh" else {}


def score_record(
    documents: Sequence[str], score: Score, groups: Groups, *, grouping: str | None, most: int
) -> dict[str, Any]:
    """All that was measured as one JSON object; what was not asked is null."""
    record = {"documents": list(documents), **_measured(score)}
    if grouping:
        record["by"] = {
            grouping: {group: {"reports": reports, **_measured(each)} for group, (reports, each) in groups.items()}
        }
    return record | ({"errors": mistake_records(score.mistakes, most)} if most else {})


def _measured(score: Score) -> dict[str, Any]:
    return {
        "stages": {measure.value: rates(counts) for measure, counts in score.counts.items()},
        **{name.value: share.rate for name, share in score.shares.items()},
        "roles macro-F1|found": score.role_macro_f1,
        "calibration": {"role": calibration_error(score.sure_roles), "slot": calibration_error(score.sure_slots)},
        "findings in zones": score.in_zones,
        "findings against what holds": score.against_checked,
        "advisory": dict(sorted(score.advisory.items())),
    }


def rates(counts: Counts) -> dict[str, Any]:
    shares = {"P": counts.precision, "R": counts.recall, "F": counts.f1}
    return shares | {"n": [counts.right, counts.predicted, counts.gold]}


def mistake_records(mistakes: Iterable[Mistake], most: int) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind.value,
            "doc": each.document,
            "start": each.span.start if each.span else None,
            "end": each.span.end if each.span else None,
            "line": each.line or None,
            "around": each.around,
            "gold": each.gold,
            "predicted": each.predicted,
        }
        for each in first_of_each_kind(mistakes, most)
    ]


def render_scores(documents: Sequence[str], score: Score, groups: Groups, *, most: int, language: str) -> str:
    """The table of measures, what is asked of those found, the groups, and up to ``most`` mistakes of each kind."""
    label = words(language)
    buffer, console = board()
    console.print(Text(" ".join(documents), style="dim"))
    console.print(measures_table(score.counts, label))
    console.print()
    console.print(_details(score, label))
    if groups:
        console.print()
        console.print(_groups_table(groups, label))
    print_mistakes(console, score.mistakes, most, label)
    return buffer.getvalue()


def board() -> tuple[io.StringIO, Console]:
    """A page to print on, with colours where the terminal has them."""
    from extract.cli.terminal import is_colourful

    buffer, colourful = io.StringIO(), is_colourful()
    colours: Literal["standard"] | None = "standard" if colourful else None
    return buffer, Console(
        file=buffer, width=WIDTH, force_terminal=colourful, color_system=colours, highlight=False, soft_wrap=True
    )


def measures_table(counts: Mapping[Measure, Counts], label: Mapping[str, str]) -> Table:
    heads = [label.get(head, head) for head in ("measure", "precision", "recall", "F1", "right/predicted/gold")]
    table = numbers_table(heads)
    for measure, each in counts.items():
        shares = (f"{share:.3f}" for share in (each.precision, each.recall, each.f1))
        table.add_row(label.get(measure, measure.value), *shares, f"{each.right}/{each.predicted}/{each.gold}")
    return table


def numbers_table(heads: Sequence[str]) -> Table:
    """A table of numbers behind a first column of words."""
    table = Table(*heads, box=None, pad_edge=False, header_style="dim")
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def _details(score: Score, label: Mapping[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    shown: list[tuple[str, float | int | None]] = [(name, share.rate) for name, share in score.shares.items()]
    shown += [
        ("roles macro-F1", score.role_macro_f1),
        ("role calibration error", calibration_error(score.sure_roles)),
        ("slot calibration error", calibration_error(score.sure_slots)),
        ("findings in zones", score.in_zones),
        ("findings against what holds", score.against_checked),
        ("advisory", sum(score.advisory.values())),
    ]
    for name, value in shown:
        table.add_row(label.get(name, str(name)), written_rate(value))
    return table


def written_rate(value: float | int | None) -> str:
    """Three decimals of a rate, a count as it is, a dash for what was not asked."""
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _groups_table(groups: Groups, label: Mapping[str, str]) -> Table:
    heads = ["group", "reports", "figures", *(measure.value for measure in Measure)]
    table = numbers_table([label.get(head, head) for head in heads])
    for group, (reports, score) in groups.items():
        figures = score.counts[Measure.QUANTITIES].gold
        shares = (f"{score.counts[measure].f1:.3f}" for measure in Measure)
        table.add_row(group, str(reports), str(figures), *shares)
    return table


def print_mistakes(console: Console, mistakes: Sequence[Mistake], most: int, label: Mapping[str, str]) -> None:
    """Up to ``most`` of each kind, under a line with the kind and how many there are."""
    kind = None
    for each in first_of_each_kind(mistakes, most):
        if each.kind is not kind:
            kind = each.kind
            number = sum(other.kind is kind for other in mistakes)
            console.print(Text(f"\n{label.get(kind, kind.value)} {number}", style="bold"))
        console.print(_mistake_line(each))


def _mistake_line(each: Mistake) -> Text:
    line = Text("  ")
    line.append(f"{each.document} L{each.line}  " if each.line else f"{each.document}  ", style="dim")
    line.append(f"{each.around}  " if each.around else "")
    line.append(each.gold or "–", style="green")
    line.append(" → ")
    line.append(each.predicted or "–", style="red")
    return line
