"""Words of a text: the longest that the vocabulary knows, else single characters."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import LexiconError
from extract.segmentation.words import Vocabulary, read_vocabulary

KNOWN = ("满意", "满意度", "群众", "群众满意", "完成", "完成率")
VOCABULARY = Vocabulary(KNOWN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("满意", ["满意"]),
        ("满意度", ["满意度"]),
        ("群众满意度", ["群众满意", "度"]),  # from left to right: a word that was taken is not given back
        ("群众满足", ["群众", "满", "足"]),
        ("完成率高", ["完成率", "高"]),
        ("完", ["完"]),
        ("完成12.5 公里，", ["完成", "公", "里", "，"]),
        ("完 成", ["完", "成"]),
        ("1,234.5　\t\n", []),
        ("", []),
    ],
)
def test_longest_known_word_wins(text: str, words: list[str]) -> None:
    assert [word.text for word in VOCABULARY.cut(text)] == words


@given(st.text(alphabet="满意度群众完成率123 ., \n，", max_size=30))
def test_spans_slice_the_text_in_order_and_leave_out_only_digits_and_blanks(text: str) -> None:
    words = VOCABULARY.cut(text)
    assert [word.text for word in words] == [text[word.start : word.end] for word in words]
    assert all(one.end <= other.start for one, other in pairwise(words))
    covered = {place for word in words for place in range(word.start, word.end)}
    assert {text[place] for place in range(len(text)) if place not in covered} <= set("123 .,\n")


def test_file_holds_one_word_a_line(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("".join(f"{word}\n" for word in KNOWN), encoding="utf-8")
    assert read_vocabulary(tmp_path / "words.txt").words == VOCABULARY.words


def test_missing_file_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"words\.txt: no such list of words; run `extract train`"):
        read_vocabulary(tmp_path / "words.txt")
