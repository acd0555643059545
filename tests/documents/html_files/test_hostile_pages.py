"""Malicious pages: read or refused, quickly either way."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.documents.html import page_tree, read_blocks
from extract.errors import ReadError
from tests.documents.html_files.test_pages import read

_CELLS = "<td colspan=1000 rowspan=65000>甲" * 50
#: what → (page, words of the English message, words of the Chinese one)
REFUSED = {
    "elements inside elements": ("<html>" + "<div>" * 100_000 + "深5个" + "</div>" * 100_000, "nested", "嵌套过深"),
    "tables inside tables": ("<html>" + "<table><tr><td>" * 50_000 + "深5个", "nested", "嵌套过深"),
    "a table too wide": (f"<html><table><tr>{_CELLS}</table>", "columns", "列"),
    "too many elements": ("<html>" + "<b>" * 3_000_001, "elements", "元素过多"),
    "nothing to see": ("<html><body><script>5</script></body></html>", "no text in it", "没有文字"),
    "not decodable": (b"<html><meta charset=utf-8>" + bytes(range(128, 256)) * 20, "not decodable", "无法解码"),
    "zero bytes": (b"<html>" + bytes(99), "binary", "二进制"),
    "an archive without a page": (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\n甲\r\n--b--",
        *("without a page", "没有网页"),
    ),
}


@pytest.mark.parametrize(("page", "said", "said_zh"), REFUSED.values(), ids=REFUSED)
def test_refused_quickly_with_advice(page: str | bytes, said: str, said_zh: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReadError) as error:
        read(page, "a.dat")
    assert said in str(error.value)
    assert said_zh in error.value.zh
    assert time.monotonic() - began < 5


#: what → page
HARMLESS = {
    "merged cells in every row": "<html><table>" + "<tr><td rowspan=65534>甲<td colspan=1000>5" * 500 + "</table>",
    "entities of entities": '<!DOCTYPE html [<!ENTITY a "9"><!ENTITY b "&a;&a;">]><html><p>甲&b;</p>',
    "a file from outside": '<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/hostname">]><html><p>甲&f;</p>',
    "many raised marks": "<html><p>" + "甲<sup>1</sup>" * 30_000,
    "many gaps": "<html><p>" + "甲 \n" * 200_000,
    "many empty tables": "<html>甲" + "<table><tr><td></table>" * 20_000,
    "items without a list": "<html>" + "<li>甲</ol>" * 10_000,
    "a long attribute": f"<html><p style='{'display ' * 50_000}'>甲</p>",
}


@pytest.mark.parametrize("page", HARMLESS.values(), ids=HARMLESS)
def test_read_quickly(page: str) -> None:
    began = time.monotonic()
    assert "甲" in read(page, "a.dat").text
    assert time.monotonic() - began < 5


_TAGS = [
    f"<{slash}{tag}>" for tag in ("table", "tr", "td", "p", "ol", "li", "pre", "sup", "main") for slash in ("", "/")
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*_TAGS, "甲", "5", "<br>", "<td rowspan=3>", "<td colspan=2>", "<b hidden>"])))
def test_no_markup_is_stumbled_over(pieces: list[str]) -> None:
    assert isinstance(read_blocks(page_tree("<html>" + "".join(pieces), where="w"), where="w"), tuple)
