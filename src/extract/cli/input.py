"""Standard input, read no further than a document may be long."""

from __future__ import annotations

import sys

from extract.documents.reading import MAX_BYTES
from extract.errors import ReadError


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
