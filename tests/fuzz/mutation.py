"""Changes to a text that keep it close to how figures are written: random bytes hardly ever give a Chinese numeral."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_ARABIC = "0 1 7 12 2020 3.5 8.000.00 1,260 1,2 １２ 1e5 10^ ** XX w k ① ² ½"
_CHINESE = "一 二 两 十 零 〇 廿 百 千 万 亿 兆 壹 贰 拾 佰 仟 点 分之 成 半 第"
_BOUNDS = "余 多 几 近 约 ≥ >= ≤ > 不 超过 不足 以上 以内 内 左右 - — —— ~ ～ 至 到 / 正负 零下 负"
_UNITS = "元 万元 角 分 公顷 亩 % ％ ‰ 个 个百分点 工作日 人 人次 宗 倍 名 年 月 日 时 号 号文 次"
_SYMBOLS = "mg m² km kW·h μg/m³ ℃ 元/亩 /"
_SIGNS = "、 ， 。 ； ： : ( （ ) ） 〔 〕 [ ] “ ” ' \" + . · | \t \n \r \u3000 \u00a0 \u200b \ufeff \ud800 𠀀 é A"
_PHRASES = "排名 零死亡 零投诉 翻一番 近半 三分之一 百分之八十五 主题 附件 一、 （一） 第三条"
_CUES = "目标 完成 计划 同比增长 其中 合计 满意度 指标值"
PIECES = (*" ".join((_ARABIC, _CHINESE, _BOUNDS, _UNITS, _SYMBOLS, _PHRASES, _CUES)).split(), *_SIGNS.split(" "), " ")
MOST_REPEATS = 300


def mutated(text: str, random: Random, *, longest: int) -> str:
    """``text`` after one to four changes, cut to ``longest`` characters."""
    for _ in range(random.randint(1, 4)):
        text = random.choice(_CHANGES)(text, random)[:longest]
    return text


def crossed(first: str, second: str, random: Random, *, longest: int) -> str:
    """The beginning of one text and the end of the other."""
    return (first[: _place(first, random)] + second[_place(second, random) :])[:longest]


def _with_piece(text: str, random: Random) -> str:
    at = _place(text, random)
    return text[:at] + random.choice(PIECES) + text[at:]


def _with_pieces(text: str, random: Random) -> str:
    at = _place(text, random)
    return text[:at] + "".join(random.choices(PIECES, k=random.randint(2, 6))) + text[at:]


def _with_piece_in_place(text: str, random: Random) -> str:
    start, end = _slice(text, random)
    return text[:start] + random.choice(PIECES) + text[end:]


def _without_slice(text: str, random: Random) -> str:
    start, end = _slice(text, random)
    return text[:start] + text[end:]


def _with_slice_repeated(text: str, random: Random) -> str:
    """What a pattern that backtracks stumbles over: the same few characters over and over."""
    start, end = _slice(text, random)
    return text[:end] + text[start:end] * random.randint(1, MOST_REPEATS) + text[end:]


def _with_slice_moved(text: str, random: Random) -> str:
    start, end = _slice(text, random)
    rest = text[:start] + text[end:]
    at = _place(rest, random)
    return rest[:at] + text[start:end] + rest[at:]


def _with_any_character(text: str, random: Random) -> str:
    at = _place(text, random)
    return text[:at] + chr(random.randrange(0x110000)) + text[at:]


_CHANGES: tuple[Callable[[str, Random], str], ...] = (
    _with_piece,
    _with_piece,
    _with_pieces,
    _with_piece_in_place,
    _without_slice,
    _with_slice_repeated,
    _with_slice_moved,
    _with_any_character,
)


def _place(text: str, random: Random) -> int:
    return random.randint(0, len(text))


def _slice(text: str, random: Random) -> tuple[int, int]:
    """A short slice, empty only in an empty text."""
    start = random.randrange(len(text)) if text else 0
    return start, min(len(text), start + random.randint(1, 8))
