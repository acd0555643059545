"""A summary of one document that a person reads at a terminal."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extract.audit.wording import written
from extract.cli.severities import COLOURS, severity_word
from extract.cli.terminal import is_colourful, plain
from extract.offsets import CharSpan
from extract.records import Answer, Basis, Extraction, Finding, Pair, Role, Verdict
from extract.slots.catalogue import default_catalogue

WIDTH = 110
MOST_PAIRS, MOST_FINDINGS = 40, 40
_ZH = {
    "claims": "数字",
    Role.TARGET: "目标",
    Role.PLAN: "后续计划",
    Role.ACTUAL: "完成",
    Role.CHANGE: "增减",
    Role.BASELINE: "基数",
    Role.CONTEXT: "背景",
    Role.SCORE: "分值",
    Verdict.MET: "= 达到",
    Verdict.EXCEEDED: "+ 超过",
    Verdict.MISSED: "- 未达",
    Verdict.UNCLEAR: "? 不明",
    Answer.WORDS: "… 仅文字",
    Answer.NONE: "✗ 无回应",
    Basis.BUDGET: "预算",
}
_EN = {
    "claims": "figures",
    Verdict.MET: "= met",
    Verdict.EXCEEDED: "+ exceeded",
    Verdict.MISSED: "- missed",
    Verdict.UNCLEAR: "? unclear",
    Answer.WORDS: "… in words",
    Answer.NONE: "✗ unanswered",
    Basis.BUDGET: "budget",
}


def render_summary(extraction: Extraction, *, language: str, width: int = WIDTH) -> str:
    """Head, counts by role, targets beside actuals, and findings, most severe first."""
    buffer = io.StringIO()
    colourful = is_colourful()
    colours: Literal["standard"] | None = "standard" if colourful else None
    console = Console(file=buffer, width=width, force_terminal=colourful, color_system=colours, highlight=False)
    words = _ZH if language == "zh" else _EN
    _print_head(console, extraction, words)
    _print_pairs(console, extraction, words, language)
    _print_findings(console, extraction, language)
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().splitlines())


def _print_head(console: Console, extraction: Extraction, words: dict[object, str] | dict[str, str]) -> None:
    document = extraction.document
    console.print(plain(document.title or document.name, "bold"))
    counts = Counter(claim.role for claim in extraction.claims)
    parts = [f"{words.get(role, role.value)} {counts[role]}" for role in Role if counts[role]]
    total = words["claims"]
    counted = f"{len(document.text)} · {len(extraction.claims)} {total}: {' · '.join(parts)}"
    console.print(plain(f"{document.name}  {counted}\n"))


def _print_pairs(
    console: Console, extraction: Extraction, words: dict[object, str] | dict[str, str], language: str
) -> None:
    pairs = _distinct(extraction.pairs)
    if not pairs:
        return
    heads = (
        ("指标", "目标", "完成", "比值", "结论")
        if language == "zh"
        else ("measure", "target", "actual", "ratio", "verdict")
    )
    table = Table(*heads, box=None, pad_edge=False, header_style="dim")
    for column in table.columns[1:4]:
        column.justify = "right"
    for pair in pairs[:MOST_PAIRS]:
        table.add_row(*map(plain, _pair_row(pair, extraction.document.text, words)))
    console.print(table)
    _print_more(console, len(pairs) - MOST_PAIRS, language)


def _distinct(pairs: Sequence[Pair]) -> list[Pair]:
    """Restated targets once."""
    seen: dict[tuple[object, ...], Pair] = {}
    for pair in pairs:
        goal, done = pair.target.quantity, pair.actual.quantity if pair.actual else None
        key = (pair.target.slot, goal.value, goal.unit, done and done.value, pair.verdict, pair.answer)
        seen.setdefault(key, pair)
    return list(seen.values())


def _pair_row(pair: Pair, text: str, words: dict[object, str] | dict[str, str]) -> tuple[str, ...]:
    label: object = pair.verdict or (Basis.BUDGET if pair.answer is Answer.FIGURE else pair.answer)
    return (
        (pair.target.indicator or default_catalogue().slot(pair.target.slot).zh)[:28],
        written(pair.target, text),
        written(pair.actual, text) if pair.actual else "",
        _percent(pair.ratio),
        words[label],  # type: ignore[index]
    )


def _percent(ratio: Decimal | None) -> str:
    return "" if ratio is None else f"{ratio * 100:.2f}%"


def _print_findings(console: Console, extraction: Extraction, language: str) -> None:
    findings = sorted(extraction.findings, key=lambda f: -f.severity.rank)
    title = (
        f"问题 {len(findings)} · 核对无误 {len(extraction.holds)}"
        if language == "zh"
        else (f"{len(findings)} findings · {len(extraction.holds)} relations checked and right")
    )
    console.print(Text(f"\n{title}", style="bold"))
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in ("rule", "line"):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings[:MOST_FINDINGS]:
        table.add_row(*_finding_row(finding, extraction.document.text, language))
    console.print(Padding(table, (0, 0, 0, 2)))
    _print_more(console, len(findings) - MOST_FINDINGS, language)


def _finding_row(finding: Finding, text: str, language: str) -> tuple[Text, ...]:
    """Rule and severity, line, and the message, which is broken within its own column."""
    return (
        Text(f"{finding.rule} {severity_word(finding.severity, language)}", style=COLOURS[finding.severity]),
        Text(_line_of(finding.spans[0], text), style="dim"),
        plain(finding.message),
    )


def _line_of(span: CharSpan, text: str) -> str:
    return f"L{text.count(chr(10), 0, span.start) + 1}"


def _print_more(console: Console, more: int, language: str) -> None:
    if more > 0:
        console.print(f"… 另有 {more} 条" if language == "zh" else f"… and {more} more", style="dim")
