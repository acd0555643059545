"""Reading time grows with the length of the text and no faster, whatever the text repeats.

Times are compared with times of the same moment, never with a clock: the shortest CPU time of several runs at one
length against that at eight times the length. It may be twenty-four times as long; with a pattern that tries every end
for every beginning it is sixty-four times. A class that seems to fail is measured anew.
"""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import pytest

import extract
from tests.fuzz.marking import marked
from tests.fuzz.mutation import PIECES

TIMES = 8  #: how much longer the longer text is
MOST = 3.0 * TIMES  #: times as long that it may take
RUNS = 3  #: of each length; the shortest counts, since nothing but a disturbance makes a run longer
TRIALS = 3  #: a disturbance may last
LEAST = 0.001  #: seconds that the shortest text takes at least, for its time to mean something
ENOUGH = 0.025  #: seconds at which no longer text is tried
LONGEST = 100_000  #: characters

CLASSES = {
    "digits": "1",
    "nines": "9",
    "zeros": "0",
    "thousands": "1,",
    "groups of three": "123,",
    "malformed groups": "1,23,4567,",
    "points": "1.",
    "doubled points": "1..",
    "points only": ".",
    "commas only": ",",
    "Chinese digits": "一",
    "Chinese tens": "十",
    "Chinese nothing": "零",
    "ten thousands": "万",
    "hundred millions": "亿",
    "scales in turn": "一万亿",
    "scales that fall": "一千百十",
    "scales that rise": "十百千万",
    "formal numerals": "壹拾",
    "Chinese points": "一点",
    "parts": "三分之",
    "parts of parts": "三分之一",
    "parts of a hundred": "百分之",
    "tenths": "八成",
    "halves": "半",
    "spaces": " ",
    "wide spaces": "\u3000",
    "spaced digits": "1 ",
    "spaced Chinese digits": "一 ",
    "spaces behind a digit": "1" + " " * 9,
    "tabs": "1\t",
    "line ends": "1\n",
    "quantities": "1元",
    "rates": "1元/",
    "products of units": "kW·h",
    "units alone": "公里",
    "multipliers before units": "千瓦",
    "percent signs": "%",
    "permille": "1‰",
    "dashes": "-",
    "long dashes": "—",
    "ranges": "1-",
    "ranges of quantities": "1元至",
    "ranges by tilde": "1%~",
    "Chinese ranges": "三至",
    "lists": "1、",
    "Chinese lists": "三、",
    "fractions": "1/",
    "about": "余",
    "bounds": "≥",
    "bounds behind": "1以上",
    "signs": "+-",
    "exponents": "1e",
    "powers": "10^",
    "masked": "*",
    "masked digits": "1*",
    "years": "2020年",
    "dates": "2020年1月1日",
    "times": "1:",
    "document numbers": "〔2020〕1号",
    "ordinals": "第一",
    "ordinal words": "第",
    "opened brackets": "（",
    "opened brackets with numbers": "（1",
    "quotation marks": "“1",
    "letters": "A1",
    "full-width digits": "１，",
    "none": "零投诉",
    "twofold": "翻一番",
    "prose": "十分重视",
}

#: how far a search at random goes: pieces of written figures put together, with a beginning and an end of another kind
SEEDS = range(30)


class Repeated(NamedTuple):
    """A text that can be had in any length."""

    piece: str
    head: str = ""
    tail: str = ""

    def of_length(self, length: int) -> str:
        return self.head + (self.piece * length)[:length] + self.tail


def at_random(seed: int) -> Repeated:
    random = Random(seed)
    return Repeated(
        piece="".join(random.choices(PIECES, k=random.randint(1, 4))),
        head="".join(random.choices(PIECES, k=random.randint(0, 2))),
        tail="".join(random.choices(PIECES, k=random.randint(0, 2))),
    )


@pytest.fixture(autouse=True)
def _without_garbage_collection() -> Iterator[None]:
    """A collection costs by what the whole test run holds, not by the text."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("piece", marked(CLASSES, set()))
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert growth_of(Repeated(piece)) <= MOST


@pytest.mark.parametrize("seed", SEEDS)
def test_time_grows_with_any_text_and_no_faster(seed: int) -> None:
    repeated = at_random(seed)
    assert growth_of(repeated) <= MOST, repeated


def test_what_grows_faster_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure itself: a pattern that tries every end for every beginning."""
    runaway = re.compile(r"\d+元")
    monkeypatch.setattr(extract, "find_quantities", lambda text: [m.span() for m in runaway.finditer(text)])
    assert growth_of(Repeated("1")) > MOST


def growth_of(repeated: Repeated) -> float:
    """How many times as long a text of ``TIMES`` the length takes: the smallest of some trials that find too much."""
    extract.find_quantities(repeated.of_length(1))
    growth = worst_growth(repeated)
    for _ in range(TRIALS - 1):
        if growth <= MOST:
            break
        growth = min(growth, worst_growth(repeated))
    return growth


def worst_growth(repeated: Repeated) -> float:
    """The largest ratio of the time of a text to that of one ``TIMES`` as short, over growing lengths."""
    length = shortest_timed(repeated)
    seconds = [shortest_seconds(repeated, length * 2**step) for step in range(4)]
    worst = seconds[-1] / seconds[0]
    while seconds[-1] < ENOUGH and length * 2 ** len(seconds) <= LONGEST:
        seconds.append(shortest_seconds(repeated, length * 2 ** len(seconds)))
        worst = max(worst, seconds[-1] / seconds[-4])
    return worst


def shortest_timed(repeated: Repeated) -> int:
    """Characters of a text that takes ``LEAST`` seconds, or of the longest from which ``TIMES`` as many can be read."""
    length = 8
    while length * TIMES * 2 <= LONGEST and shortest_seconds(repeated, length) < LEAST:
        length *= 2
    return length


def shortest_seconds(repeated: Repeated, length: int) -> float:
    text = repeated.of_length(length)
    return min(_seconds(text) for _ in range(RUNS))


def _seconds(text: str) -> float:
    start = time.process_time()
    extract.find_quantities(text)
    return time.process_time() - start
