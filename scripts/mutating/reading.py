"""What the program says about a text: its findings, as the measure needs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from extract.annotation.related import NUMBER

Span = tuple[int, int]

HINT = "hint"
#: an amount may be told in 元, 万元 or 亿元, a share as 0.85 or 85 %
_SCALES = [Decimal(1).scaleb(power) for power in (0, 2, -2, 4, -4, 8, -8)]


@dataclass(frozen=True, slots=True)
class Said:
    """A finding."""

    type: str
    rule: str
    severity: str
    spans: tuple[Span, ...]  #: its own and those of its claims, in text order
    stated: str
    expected: str
    slip: str
    message: str

    @property
    def is_hint(self) -> bool:
        return self.severity == HINT

    def touches(self, spans: Sequence[Span]) -> bool:
        return any(start < last and first < end for start, end in self.spans for first, last in spans)

    def states(self, digits: str) -> bool:
        """Whether it names this figure as what is stated or what should be."""
        value = Decimal(digits.replace(",", ""))
        return value in numbers_in(self.stated) or value in numbers_in(self.expected)

    def puts_right(self, digits: str) -> bool:
        """Whether what it expects, or the slip that it suspects, is this figure, to its printed digits."""
        places = Decimal(1).scaleb(-len(digits.partition(".")[2]))
        value = Decimal(digits.replace(",", ""))
        told = [*numbers_in(self.expected), *numbers_in(self.slip)]
        return any((number * scale).quantize(places, ROUND_HALF_UP) == value for number in told for scale in _SCALES)


def findings_of(text: str) -> list[Said]:
    """What ``extract run`` finds in the text, in this process."""
    from extract.documents.reading import document_from_bytes
    from extract.extraction import extract

    document = document_from_bytes(text.encode(), name="report.txt", where="report.txt")
    return [
        Said(
            type=finding.type.value,
            rule=finding.rule,
            severity=finding.severity.value,
            spans=tuple(
                sorted({(span.start, span.end) for span in (*finding.spans, *(claim.span for claim in finding.claims))})
            ),
            stated=finding.stated,
            expected=finding.expected,
            slip=finding.slip or "",
            message=finding.message,
        )
        for finding in extract(document).findings
    ]


def numbers_in(told: str) -> list[Decimal]:
    readable = (match for match in NUMBER.findall(told) if re.fullmatch(r"[\d,]+(?:\.\d+)?", match))
    return [Decimal(match.replace(",", "")) for match in readable]
