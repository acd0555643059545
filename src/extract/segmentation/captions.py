"""Captions: the lines that name the table below them, and so end the one above."""

from __future__ import annotations

import re

from extract.segmentation.numbering import MAX_TITLE

_NUMBERED = re.compile(
    r"附?表\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:[-—–－.．]\d{1,2})?)"
    r"(?:$|(?=[\s　:：、.．(（])|(?![中所列显反可的看内里为是与和及、至到]))"
    r"[^\t|｜。；;，,]*"
)
_CALLED = re.compile(r"[一-鿿]{2,}表(?:\s*[(（][^()（）]*[)）])?")


def is_caption(line: str) -> bool:
    """Whether a line counts a table and says no more than its title: ``表二 指标``, ``附表3：收支（单位：万元）``.

    >>> is_caption("表二 指标"), is_caption("表二中的数字未经审计")
    (True, False)
    """
    written = line.strip()
    return len(written) <= MAX_TITLE and _NUMBERED.fullmatch(written) is not None


def calls_table(line: str) -> bool:
    """Whether a line is a caption, counted or not: ``指标自评表``."""
    return is_caption(line) or _CALLED.fullmatch(line.strip()) is not None
