"""Bytes to text: UTF-8, UTF-16 and GB18030, with or without a mark; a wrong guess never passes silently."""

from __future__ import annotations

import codecs
import re

from extract.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_COMMON = re.compile(r"[的一是在了和有年度目标完成情况预算支出单位项目绩效指标人万元%0-9\s]")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd\u0400-\u04ff\u0370-\u03ff]")
_BINARY_STARTS = (
    *(b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff"),
    *(b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"GIF8"),
)
_SAMPLE = 200_000
_HANZI = re.compile(r"[一-鿿]")
_ENOUGH, _FEW = 5000, 16  #: characters that tell enough of a text; so few that none of the commonest need be among them


def decoded(data: bytes, where: str) -> str:
    """The text that ``data`` holds, character for character, without a byte-order mark.

    Raises:
        ReadError: if the bytes are no text in UTF-8, UTF-16 or GB18030, with the first offending offset.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, where)
    if data.startswith(_BINARY_STARTS):
        raise ReadError(
            f"{where}: the content is no text (it begins with {data[:4]!r}); save it as text and give that",
            zh=f"{where}：内容不是文本（以 {data[:4]!r} 开头）；请另存为文本后再读",
        )
    if b"\x00" in data[:_SAMPLE]:
        wide = _wide(data)
        if wide is None:
            raise ReadError(
                f"{where}: the content is binary (it holds zero bytes); save it as text and give that",
                zh=f"{where}：内容是二进制数据（含零字节）；请另存为文本后再读",
            )
        return _strict(data, wide, where)
    try:
        return _checked(data.decode("utf-8"), where, "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, where, error.start)


def paired(text: str) -> str:
    r"""``text`` with the halves of UTF-16 pairs joined; a half alone, which no file can hold, becomes U+FFFD.

    >>> paired("\ud83d\ude00"), paired("5\ud800个")
    ('😀', '5�个')
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return _checked(data.decode(encoding), where, encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{where}: byte {error.start} is not {encoding.upper()}, though the file begins so; save it anew as UTF-8",
            zh=f"{where}：第 {error.start} 字节不符合 {encoding.upper()}，而文件开头如此标明；请另存为 UTF-8",
        ) from error


def _legacy(data: bytes, where: str, first_bad: int) -> str:
    """GB18030 (with it GBK and GB2312), when what comes out reads like Chinese."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{where}: not decodable: byte {first_bad} is not UTF-8 and byte {error.start} is not GB18030; "
            "save the file anew as UTF-8",
            zh=f"{where}：无法解码：第 {first_bad} 字节不是 UTF-8，第 {error.start} 字节不是 GB18030；请另存为 UTF-8",
        ) from error
    sample = text[:_SAMPLE]
    if len(_ODD.findall(sample)) * 50 > len(sample) or not _reads_like_chinese(sample):
        raise ReadError(
            f"{where}: not decodable: byte {first_bad} is not UTF-8, and read as GB18030 it is no Chinese; "
            "save the file anew as UTF-8",
            zh=f"{where}：无法解码：第 {first_bad} 字节不是 UTF-8，按 GB18030 读出的也不是中文；请另存为 UTF-8",
        )
    return _checked(text, where, "gb18030")


def _reads_like_chinese(sample: str) -> bool:
    """Whether what GB18030 made of the bytes is Chinese, and not Japanese, Korean or Big5 misread.

    Those give rare characters; Korean gives common ones (rows 0xB0 to 0xD7 of GB2312), but not the commonest.
    """
    written = _HANZI.findall(sample)[:_ENOUGH]
    rows = "".join(written).encode("gb2312", "ignore")[::2]
    usual = sum(0xB0 <= row <= 0xD7 for row in rows)
    commonest = sum(_COMMON.match(character) is not None for character in written)
    return usual * 10 >= len(written) * 8 > 0 and (len(written) < _FEW or commonest * 50 >= len(written))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by where its zero bytes lie; None for anything else."""
    if len(data) % 2:
        return None
    even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if not even and not odd:
        return None
    for encoding in ("utf-16-le", "utf-16-be") if odd > even else ("utf-16-be", "utf-16-le"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if len(_COMMON.findall(sample)) * 8 > len(sample) and not _CONTROL.search(sample):
            return encoding
    return None


def _checked(text: str, where: str, encoding: str) -> str:
    control = _CONTROL.search(text)
    if control and len(_CONTROL.findall(text[:_SAMPLE])) * 200 > len(text[:_SAMPLE]):
        raise ReadError(
            f"{where}: the content is binary ({encoding}: control character {control[0]!r} at character "
            f"{control.start()}); save it as text and give that",
            zh=f"{where}：内容是二进制数据（第 {control.start()} 字符为控制符 {control[0]!r}）；请另存为文本后再读",
        )
    return text
