"""What is given to read: standard input, no further than a document may be long, and no annotated report."""

from __future__ import annotations

import sys
from pathlib import Path

from extract.documents.reading import MAX_BYTES
from extract.errors import ReadError

_MARKUP = ".ann"  #: of annotated reports, which are for `extract annotate` and `evaluate`


def standard_input() -> bytes:
    """What stands on standard input, cut one byte behind the greatest length that is read.

    Raises:
        ReadError: if standard input is closed or cannot be read.
    """
    if sys.stdin is None:
        raise ReadError("stdin: standard input is closed; give a file", zh="stdin：标准输入已关闭；请给出文件")
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(
            f"stdin: {error.strerror or error}; give a file", zh=f"stdin：{error.strerror or error}；请给出文件"
        ) from error


def refuse_markup(path: str | Path) -> None:
    """Lets no annotated report pass for a report: its marks would count as text.

    Raises:
        ReadError: if ``path`` is named like one.
    """
    if Path(path).suffix.lower() == _MARKUP:
        raise ReadError(
            f"{path}: an annotated report, and its marks are no text; "
            "write its text with 'extract annotate export FILE.ann -o DIR' and give that",
            zh=f"{path}：是标注文件，其中的标记不是正文；"
            "请先用 extract annotate export 文件.ann -o 文件夹 写出正文，再处理正文",
        )
