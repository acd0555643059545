"""How severe a finding is, in the reader's language; the Chinese words are those of the HTML report."""

from __future__ import annotations

from extract.export.html.words import default_words
from extract.records import Severity

COLOURS = {Severity.HIGH: "bold red", Severity.MEDIUM: "red", Severity.LOW: "yellow", Severity.HINT: "dim"}


def severity_word(severity: Severity, language: str) -> str:
    return default_words().of(severity).word if language == "zh" else severity.value
