"""Recognised text → the same with what recognition is known to misread put right (``data/misreadings.tsv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extract.errors import LexiconError
from extract.lexicons import data_text, table_rows

_COLUMNS = ("read", "meant", "before", "behind", "example")


class Misreading(NamedTuple):
    """What is written in place of what, and beside what."""

    read: str
    meant: str
    pattern: re.Pattern[str]
    before: re.Pattern[str]

    def repaired(self, text: str) -> str:
        if self.read not in text:
            return text
        made = list(text)
        for found in self.pattern.finditer(text):
            if self.before.search("".join(made[: found.start()])):
                made[found.start()] = self.meant
        return "".join(made)


def repaired(text: str) -> str:
    """A recognised line as it was most likely printed; as long as before.

    >>> repaired("(一)采购率10O%;完成5。2万元")
    '（一）采购率100%；完成5.2万元'
    """
    for misreading in default_misreadings():
        text = misreading.repaired(text)
    return text


def parse_misreadings(text: str, name: str = "misreadings.tsv") -> tuple[Misreading, ...]:
    """The rows of the data file.

    Raises:
        LexiconError: if a row is no pair of characters, holds no pattern, or does not do what its example says.
    """
    found = tuple(_misreading(row.cells, row.where) for row in table_rows(name, text, _COLUMNS))
    for row in table_rows(name, text, _COLUMNS):
        given, _, wanted = row.cells["example"].partition(" → ")
        made = given
        for misreading in found:
            made = misreading.repaired(made)
        if made != wanted or row.cells["read"] not in given:
            raise LexiconError(f"{row.where}: the example becomes {made!r}, not {wanted!r}; correct the row or it")
    return found


@cache
def default_misreadings() -> tuple[Misreading, ...]:
    return parse_misreadings(data_text("misreadings.tsv"))


def _misreading(cells: dict[str, str], where: str) -> Misreading:
    read, meant = cells["read"], cells["meant"]
    if len(read) != 1 or len(meant) != 1:
        raise LexiconError(f"{where}: {read!r} → {meant!r}: give one character for one, so that places stay")
    try:
        behind = re.compile(f"{re.escape(read)}(?={cells['behind']})" if cells["behind"] else re.escape(read))
        return Misreading(read, meant, behind, re.compile(f"(?:{cells['before']})$" if cells["before"] else ""))
    except re.error as error:
        raise LexiconError(f"{where}: no regular expression ({error}); correct it") from error
