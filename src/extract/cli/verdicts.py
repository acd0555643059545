"""What ``extract audit`` prints: findings by cause, most severe first, then what was checked and is right."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from extract.cli.severities import COLOURS, severity_word
from extract.cli.terminal import is_colourful, plain
from extract.documents.content import said
from extract.offsets import CharSpan
from extract.records import Document, Extraction, Finding, FindingType, Severity

WIDTH = 110
MOST_HINTS = 12
_TYPES_ZH = {
    FindingType.ARITHMETIC: "计算",
    FindingType.CONFLICT: "前后不一",
    FindingType.TOTAL: "合计",
    FindingType.UNIT: "单位",
    FindingType.MALFORMED: "数字有误",
    FindingType.MISSED: "未达目标",
    FindingType.UNANSWERED: "目标无回应",
    FindingType.BUDGET: "预算执行",
    FindingType.RESTATED: "照抄目标",
    FindingType.BACKFITTED: "目标倒推",
    FindingType.OVERACHIEVED: "目标偏低",
    FindingType.UNMEASURABLE: "无法衡量",
    FindingType.CONTRADICTION: "说法矛盾",
    FindingType.SCOPE: "口径",
    FindingType.FORECAST: "以预计代实际",
    FindingType.EVIDENCE: "依据",
    FindingType.MISSING: "缺项",
}
_ZH = {
    "head": "问题 {findings} 条，提示 {hints} 条，已接受 {accepted} 条",
    "line": "第{}行",
    "table": "表{}第{}行",
    "page": "第{}页",
    "sure": "把握{}%",
    "workings": "核算：",
    "slip": "疑为笔误：{}误作{}",
    "also": "同因 {}",
    "hints": "提示（只供参考，不计入 --fail-on）",
    "accepted": "已接受",
    "more": "… 另有 {} 条提示",
    "holds": "核对无误的关系 {} 个：{}",
    "none": "未发现问题",
    "totals": "共 {documents} 份报告：{counts}；核对无误的关系 {holds} 个",
    "times": " {}个",
}
_EN = {
    "head": "{findings} findings, {hints} hints, {accepted} accepted",
    "line": "line {}",
    "table": "table {} row {}",
    "page": "page {}",
    "sure": "{}% sure",
    "workings": "workings: ",
    "slip": "likely slip: {1} for {0}",
    "also": "same cause: {}",
    "hints": "hints (questions only; they never count in --fail-on)",
    "accepted": "accepted",
    "more": "… and {} more hints",
    "holds": "{} relations checked and right: {}",
    "none": "no findings",
    "totals": "{documents} reports: {counts}; {holds} relations checked and right",
    "times": " {}",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One document's findings, parted into those that are open and those that were accepted, with the reasons."""

    extraction: Extraction
    open: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, str], ...]


def render_audit(shown: Shown, *, language: str, width: int = WIDTH) -> str:
    """Findings by cause, most severe first; then hints, what is accepted, and what is right."""
    page = _Page(shown.extraction.document, language, width)
    hints = [finding for finding in shown.open if finding.severity is Severity.HINT]
    firm = [finding for finding in shown.open if finding.severity is not Severity.HINT]
    page.head(len(firm), len(hints), len(shown.accepted))
    for group in _by_cause(firm):
        page.group(group)
    page.hints(hints)
    page.accepted(shown.accepted)
    page.holds(Counter(holds.rule for holds in shown.extraction.holds))
    return page.text()


def render_totals(every: Sequence[Shown], *, language: str) -> str:
    """One line on all documents together."""
    words = _ZH if language == "zh" else _EN
    counted = Counter(finding.severity for shown in every for finding in shown.open)
    order = sorted(Severity, key=lambda severity: -severity.rank)
    counts = "，".join(f"{severity_word(severity, language)} {counted[severity]}" for severity in order)
    holds = sum(len(shown.extraction.holds) for shown in every)
    separator = "，" if language == "zh" else ", "
    return words["totals"].format(documents=len(every), counts=counts.replace("，", separator), holds=holds) + "\n"


def _by_cause(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that share an issue together, the most severe group first, then in text order."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.issue or finding.id, []).append(finding)
    return sorted(groups.values(), key=lambda group: (-max(f.severity.rank for f in group), group[0].spans[0].start))


class _Page:
    """A console page of one document."""

    def __init__(self, document: Document, language: str, width: int) -> None:
        self.document, self.language = document, language
        self.words = _ZH if language == "zh" else _EN
        self.buffer = io.StringIO()
        colourful = is_colourful()
        colours: Literal["standard"] | None = "standard" if colourful else None
        self.console = Console(
            file=self.buffer, width=width, force_terminal=colourful, color_system=colours, highlight=False
        )

    def text(self) -> str:
        return "".join(f"{line.rstrip()}\n" for line in self.buffer.getvalue().splitlines())

    def head(self, findings: int, hints: int, accepted: int) -> None:
        title = self.document.title or self.document.name
        self.console.print(plain(title, "bold"))
        counts = self.words["head"].format(findings=findings, hints=hints, accepted=accepted)
        self.console.print(plain(f"{self.document.name}  {counts}\n"))
        for note in self.document.notes:
            self._indented(plain(said(note, self.language), "yellow"))
        if not findings:
            self.console.print(Text(self.words["none"] + "\n"))

    def group(self, group: Sequence[Finding]) -> None:
        """The most severe finding of a cause in full, and where else it shows."""
        first = max(group, key=lambda finding: (finding.severity.rank, -finding.spans[0].start))
        head = Text()
        head.append(f"[{severity_word(first.severity, self.language)}] ", style=COLOURS[first.severity])
        head.append(f"{first.rule} {self._type(first)}", style="bold")
        sure = self.words["sure"].format(round(first.confidence * 100))
        head.append_text(plain(f"  {self._place(first.spans[0])} · {sure}", "dim"))
        self.console.print(head)
        self._indented(plain(first.message))
        if first.workings and first.workings not in first.message:
            self._indented(plain(self.words["workings"] + first.workings))
        if first.slip and " for " in first.slip:
            wrong, right = first.slip.split(" for ", 1)
            self._indented(plain(self.words["slip"].format(right, wrong)))
        others = [f"{f.rule} {self._place(f.spans[0])}" for f in group if f is not first]
        if others:
            self._indented(plain(self.words["also"].format("; ".join(others)), "dim"))
        self.console.print()

    def hints(self, hints: Sequence[Finding]) -> None:
        if not hints:
            return
        self.console.print(Text(self.words["hints"], style="bold"))
        for finding in hints[:MOST_HINTS]:
            self._indented(plain(f"{finding.rule} {self._place(finding.spans[0])}  {finding.message}", "dim"))
        if len(hints) > MOST_HINTS:
            self._indented(Text(self.words["more"].format(len(hints) - MOST_HINTS), style="dim"))
        self.console.print()

    def accepted(self, accepted: Sequence[tuple[Finding, str]]) -> None:
        if not accepted:
            return
        self.console.print(Text(self.words["accepted"], style="bold"))
        for finding, reason in accepted:
            self._indented(plain(f"{finding.rule} {self._place(finding.spans[0])}  {finding.stated}  — {reason}"))
        self.console.print()

    def holds(self, rules: Counter[str]) -> None:
        shown = "; ".join(f"{rule}{self.words['times'].format(rules[rule])}" for rule in sorted(rules))
        self.console.print(Text(self.words["holds"].format(rules.total(), shown or "—") + "\n"))

    def _indented(self, line: Text) -> None:
        self.console.print(Padding(line, (0, 0, 0, 4)))

    def _type(self, finding: Finding) -> str:
        return _TYPES_ZH[finding.type] if self.language == "zh" else finding.type.value

    def _place(self, span: CharSpan) -> str:
        """Its section, its table and row, its page if there are any, and its line in the text."""
        parts = []
        page = self.document.place_of(span).page
        if page is not None:
            parts.append(self.words["page"].format(page))
        segment = next((s for s in self.document.segments if s.span.start <= span.start < s.span.end), None)
        cell = segment.cell if segment is not None else None
        if cell is not None:
            name = cell.row_label
            row = self.words["table"].format(cell.table, cell.row)
            parts.append(f"{row}“{name}”" if name else row)
        elif segment is not None and segment.section:
            parts.append(f"“{segment.section[-1][:24]}”")
        parts.append(self.words["line"].format(self.document.text.count("\n", 0, span.start) + 1))
        return " ".join(parts)
