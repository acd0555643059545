"""Which faults the audit finds: a finding of a fitting type, new beside the clean report, at a figure of what broke."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from extract.annotation.related import RelatedReport
from mutating.faults import Edit, Fault
from mutating.reading import Said, Span, findings_of

_PROVABLE = frozenset({"arithmetic", "conflict", "total", "unit", "malformed", "missed", "budget"})
_FITTING = {
    "orphaned": frozenset({"unanswered", "missing", "missed"}),
    "bound": frozenset({"restated", "backfitted", "missed"}),
    "malformed": frozenset({"malformed", "unit", "arithmetic", "total", "conflict"}),
    "doubled unit": frozenset({"unit", "malformed"}),
}
#: kinds whose right figure a finding can name; of the others something is gone, or nothing is wrong with the digits
WITH_SLIP = frozenset(
    {"digit", "swap", "point", "unit", "total", "rate", "growth", "score", "weight", "restated", "short"}
)


@dataclass(frozen=True, slots=True)
class Outcome:
    fault: Fault
    detected: bool
    by_hint: bool  #: detected by a hint alone
    slip_right: bool
    context: str  #: the text about the place, with the fault


@dataclass(frozen=True, slots=True)
class Measured:
    report: str
    alarms: tuple[Said, ...]  #: findings in the clean report
    outcomes: tuple[Outcome, ...]


def measured(report: RelatedReport, faults: Iterable[Fault]) -> Measured:
    clean = findings_of(report.text)
    return Measured(report.name, tuple(clean), tuple(_outcome(report, fault, clean) for fault in faults))


def _outcome(report: RelatedReport, fault: Fault, clean: Iterable[Said]) -> Outcome:
    text = fault.edit.applied(report.text)
    known = set(map(_without_words, clean))
    fresh = [said for said in findings_of(text) if _without_words(_moved_back(said, fault.edit)) not in known]
    fitting = [said for said in fresh if is_found_by(fault, said)]
    firm = [said for said in fitting if not said.is_hint]
    right = fault.kind in WITH_SLIP and any(said.puts_right(fault.figure) for said in firm)
    return Outcome(fault, bool(firm), bool(fitting) and not firm, right, _context(text, fault.edit))


def is_found_by(fault: Fault, said: Said) -> bool:
    """Whether a finding in the text with the fault is about it: by its spans, or as what it states or expects."""
    if said.type not in _FITTING.get(fault.kind, _PROVABLE):
        return False
    if said.touches(spans_of(fault)):
        return True
    return any(said.states(figure.digits) for relation in fault.broken for figure in relation.figures)


def spans_of(fault: Fault) -> list[Span]:
    """The place, and the figures of the relations broken, in the text with the fault."""
    edit = fault.edit
    figures = {figure for relation in fault.broken for figure in relation.figures if not edit.removes(figure)}
    place = (edit.start, edit.start + max(1, len(edit.wrong)))
    return [place, *sorted(edit.moved(figure.place) for figure in figures)]


def _moved_back(said: Said, edit: Edit) -> Said:
    return replace(said, spans=tuple(edit.moved_back(span) for span in said.spans))


def _without_words(said: Said) -> Said:
    return replace(said, message="", severity="")


def _context(text: str, edit: Edit) -> str:
    end = edit.start + len(edit.wrong)
    before, after = text[max(0, edit.start - 24) : edit.start], text[end : end + 16]
    return f"{before}【{edit.wrong}】{after}".replace("\n", "⏎").replace("\t", "→")
