"""What a file holds is told by its bytes, quickly whatever they are."""

from __future__ import annotations

import struct

import pytest

from extract.documents.sniffing import Format, sniffed

_LONG = b"<!---->" * 1000
WRITTEN = {
    "a page": (b"<html>", Format.HTML),
    "a page below comments": (b'\n<?xml version="1.0"?> <!-- a --><!--b-->\n<!DOCTYPE html>', Format.HTML),
    "a page below many comments": (_LONG + b"<html>", Format.HTML),
    "comments without a page": (_LONG + b"<x>", Format.TEXT),
    "a comment without an end": (b"<!---->" * 10 + b"<!--<html>", Format.TEXT),
    "declarations without a page": (b"<?xml?> " * 1000 + b"5", Format.TEXT),
    "space without a page": (b" " * 8000 + b"5", Format.TEXT),
    "a page behind words": (b"5<html>", Format.TEXT),
}


def test_a_bitmap_is_a_picture_and_a_word_that_begins_alike_is_none() -> None:
    header = struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0)
    assert sniffed(b"BM" + struct.pack("<IHHI", 58, 0, 0, 54) + header + bytes(4)) is Format.IMAGE
    assert sniffed("BMI指数达标率85%，比上年提高2个百分点。".encode()) is Format.TEXT


@pytest.mark.parametrize(("data", "kind"), WRITTEN.values(), ids=WRITTEN)
def test_marked_text_is_told_by_its_first_element(data: bytes, kind: Format) -> None:
    assert sniffed(data) is kind
