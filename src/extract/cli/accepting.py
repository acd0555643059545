"""Findings that a reviewer has accepted, in a table that people can edit.

The file is tab-separated, a finding a line: the reason, then rule, document and figures by which it is known again. It
stays accepted wherever its words move to, until one of its figures changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extract.audit.wording import written
from extract.errors import UsageError
from extract.records import Extraction, Finding

COLUMNS = ("reason", "rule", "doc", "stated", "figures")
_HEAD = (
    "# 已接受的问题 / accepted findings. 每行一条，以制表符分列；reason 可改，删去一行即不再接受。\n"
    "# One a line, parted by tabs; edit the reason, or delete the line to accept it no longer.\n"
)
_SEPARATOR = " | "

Key = tuple[str, str, str, str]  #: rule, document, what is stated, figures


@dataclass(frozen=True, slots=True)
class Accepted:
    reason: str
    key: Key


def key_of(finding: Finding, extraction: Extraction) -> Key:
    """What a finding is known by: nothing that moves when other parts of the report are edited."""
    text = extraction.document.text
    figures = [" ".join(written(claim, text).split()) for claim in finding.claims]
    figures = figures or [" ".join(span.of(text).split()) for span in finding.spans]
    return (finding.rule, _plain(extraction.document.name), _plain(finding.stated), _plain(_SEPARATOR.join(figures)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def read_accepted(path: Path, *, may_be_new: bool) -> dict[Key, Accepted]:
    """The accepted findings by their keys; none where the file is still to be written.

    Raises:
        UsageError: if it cannot be read, or a line is no finding with a reason.
    """
    if may_be_new and not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise UsageError(
            f"--accept {path}: {reason}; --accept-all REASON writes such a file",
            zh=f"--accept {path}：无法读取（{reason}）；可用 --accept-all 理由 生成",
        ) from error
    accepted: dict[Key, Accepted] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line in _HEAD.splitlines() or tuple(line.split("\t")) == COLUMNS:
            continue
        row = _row(line, f"{path}:{number}")
        accepted[row.key] = row
    return accepted


def _row(line: str, where: str) -> Accepted:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != len(COLUMNS) or not cells[0]:
        columns = ", ".join(COLUMNS)
        raise UsageError(
            f"{where}: give {columns}, parted by tabs, with a reason",
            zh=f"{where}：应为 {columns} 五列，以制表符分隔，且须有理由",
        )
    reason, rule, doc, stated, figures = cells
    return Accepted(reason, (rule, doc, stated, figures))


def write_accepted(path: Path, accepted: Iterable[Accepted]) -> None:
    """Writes the file anew, whole or not at all.

    Raises:
        UsageError: if it cannot be written.
    """
    rows = sorted({row.key: row for row in accepted}.values(), key=lambda row: (row.key[1], row.key[0], row.key))
    lines = [_HEAD, "\t".join(COLUMNS) + "\n"]
    lines += ["\t".join((_plain(row.reason), *row.key)) + "\n" for row in rows]
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text("".join(lines), encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path}: cannot write: {reason}", zh=f"{path}：无法写入：{reason}") from error
