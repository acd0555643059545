"""What random texts once brought to light, made small and plain: the program must come back from all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.marking import marked
from tests.fuzz.target import check, fault_of, seed_texts

FOUND = {
    "a list item numbered with a circled digit": "①征地",
    "a superscript digit in a line": "²",
    "a fraction with more digits than a context holds": "三分之" + "一" * 30,
    "more Chinese digits than Python turns into a number": "一" * 5000,
    "more digits than Python turns into a number": "1" * 5000,
    "a decimal with very many digits": "0." + "1" * 5000,
    "scales upon scales": "万" * 2000,
    "scales in turn": "一亿" * 2000,
    "a lone surrogate between digits": "1\ud800元",
    "a lone surrogate alone": "\udc80",
    "a zero character": "\x00",
    "an end of line of another kind": "目标\u2028完成95%\x85",
    "an amount beyond measure beside its target": "目标1%，实际一百万万五千亿亿亿亿元，执行率98.5%",
    "an actual of more digits than a context holds": f"目标1元，完成{'9' * 40}元。",
    "nothing in front of a currency that is in front of a number": "零人民币1",
    "the same among other amounts": "金零人民币4元~，4元，41,260",
    "a degree below a number that ends in nought": "占七零下12.5℃",
    "a rate whose time stands in front of the next number": "60公里每小时60公里",
    "a great exponent": "1e999999999元",
    "a great power": "1×10^999999999元",
}

#: cases of ``FOUND`` that show their fault still
KNOWN: set[str] = set()


@pytest.mark.parametrize("text", marked(FOUND, KNOWN))
def test_the_program_comes_back(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", marked(seed_texts(), set()))
def test_a_seed_shows_no_fault(text: str) -> None:
    assert fault_of(text) is None


def test_seeds_are_few_and_short() -> None:
    paths = list((Path(__file__).parent / "seeds").glob("*.txt"))
    assert 10 <= len(paths) <= 40
    assert all(path.stat().st_size <= 400 for path in paths)
