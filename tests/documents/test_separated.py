"""Files of separated values and Markdown read as the tables and text that they show."""

from __future__ import annotations

import time

import pytest

from extract.documents.reading import document_from_bytes
from extract.errors import ReadError
from extract.offsets import CharSpan
from extract.records import Document


def read(data: str | bytes, name: str = "a.csv") -> Document:
    return document_from_bytes(data if isinstance(data, bytes) else data.encode(), name=name, where=name)


#: what → (file, text)
ROWS = {
    "commas": ("指标,目标\n供地,764宗\n", "指标→目标\n供地→764宗\n"),
    "quotes": ('指标,目标\n"供地,甲","1,234.5"\n', "指标→目标\n供地,甲→1,234.5\n"),
    "lines in a cell": ('指标,目标\r\n"甲\r\n乙",5\r\n', "指标→目标\n甲\n乙→5\n"),
    "tabs": ("指标\t目标\n供地\t1,234\n", "指标→目标\n供地→1,234\n"),
    "semicolons": ("指标;目标\n供地;1,5\n", "指标→目标\n供地→1,5\n"),
    "a sign that the file names": ("sep=;\n指标;目标\n供地;5\n", "指标→目标\n供地→5\n"),
    "a title and a unit": (
        "自评表,,\n,,单位：万元\n项目,预算,决算\n管护,30,31\n",
        "自评表\n单位：万元\n项目→预算→决算\n管护→30→31\n",
    ),
    "two tables": ("甲,乙\n1,2\n,\n丙,丁\n3,4\n", "甲→乙\n1→2\n丙→丁\n3→4\n"),
    "empty cells": ("甲,乙,丙\n1,,3\n,2,\n", "甲→乙→丙\n1→→3\n→2→\n"),
    "no separator": ("全年供地764宗。\n完成。\n", "全年供地764宗。\n完成。\n"),
}


@pytest.mark.parametrize(("written", "text"), ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_separated_values_are_cells(written: str, text: str, encoding: str) -> None:
    assert read(written.encode(encoding)).text.replace("\t", "→") == text


@pytest.mark.parametrize(("name", "grids"), [("a.csv", 1), ("a.TSV", 1), ("a.txt", None)])
def test_name_says_that_text_is_a_table(name: str, grids: int | None) -> None:
    document = read("指标,目标\n供地,764宗\n", name)
    assert (None if document.grids is None else len(document.grids)) == grids


def test_cell_is_named() -> None:
    document = read("指标,目标\n供地,764宗\n")
    start = document.text.index("764")
    assert document.place_of(CharSpan(start, start + 4)).part == "B2"


def test_quotation_mark_that_is_never_closed_is_told() -> None:
    with pytest.raises(ReadError, match=r"line \d+: no separated values .*name the file \.txt"):
        read("甲,乙\n1,2\n3,4\n" * 40 + '"甲,乙\n' + "1,2\n" * 600_000)


def test_long_file_is_read_in_time() -> None:
    began = time.monotonic()
    assert read("甲,乙,丙\n" + "1,2,3\n" * 10_000).grids
    assert time.monotonic() - began < 10


#: what → (file, text)
MARKED = {
    "headings and paragraphs": ("# 总结\n\n全年**供地**764宗。\n完成。\n", "总结\n全年供地764宗。\n完成。"),
    "a table": ("|指标|目标|\n|---|--:|\n|供地|764宗|\n", "指标→目标\n供地→764宗\n"),
    "lists": ("1. 甲\n2. 乙\n\n- 丙\n", "1. 甲\n2. 乙\n丙"),
    "a list that begins later": ("3. 甲\n4. 乙\n", "3. 甲\n4. 乙"),
    "front matter": ("---\ntitle: 甲\ndate: 2023\n---\n正文5个\n", "正文5个"),
    "front matter of lists": ("---\ntags:\n- 甲\n  - 乙\n# 丙\n\nx-y: 1\n---  \n正文5个\n", "正文5个"),
    "rules that frame no keys": ("---\n\n# 总结\n\n---\n正文5个\n", "总结\n正文5个"),
    "rules further down": ("甲\n\n---\n目标: 5个\n\n---\n正文\n", "甲\n目标: 5个\n正文"),
    "lines of the source": ("甲5个\n乙6个\n", "甲5个\n乙6个"),
    "code": ("```\n甲  5\n```\n", "甲  5"),
    "a square": ("5m<sup>2</sup>\n", "5m²"),
    "no Markdown": ("一、概况\n全年供地764宗，5*6*7。\n", "一、概况\n全年供地764宗，5*6*7。"),
}


@pytest.mark.parametrize(("written", "text"), MARKED.values(), ids=MARKED)
def test_markdown_is_read_as_it_shows(written: str, text: str) -> None:
    document = read(written, "a.md")
    assert (document.text.replace("\t", "→"), document.media_type) == (text, "text/markdown")


@pytest.mark.parametrize(
    "page",
    [
        "> " * 20_000 + "甲",
        "[" * 20_000 + "甲",
        "- " * 5_000 + "甲",
        "|甲" * 20_000 + "\n|-",
        "---\n" + "-a: 甲\n" * 190,
    ],
)
def test_hostile_markdown_is_read_or_told_quickly(page: str) -> None:
    began = time.monotonic()
    try:
        text = read(page, "a.md").text
    except ReadError as error:
        text = str(error)
    assert text
    assert time.monotonic() - began < 10
