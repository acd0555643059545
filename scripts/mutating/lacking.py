"""Whether the text itself shows that a part of a sum, or a row of a table, is gone.

A sum that comes out too small proves nothing where the words leave room for further parts. The rule looks at the text
with the fault, never at what the audit says of it. The lack shows

- in sentences, where two parts or more are left in the sentence of their total, and
  the total stands behind them after a word that says all (合计, 共计, 小计, 总…, 共, 三项…), or
  in front of them with a colon or a word that divides it (分别, 依次, 由…组成, 构成, 分为, 按…分), and
  no word among them leaves room (等, 主要, 其余, 另, 以上). 其中 names parts and not all, a mere list says nothing;
  a total that stands elsewhere needs a word of the sentence that adds up (相加, 之和, 加起来, 合计);
- in tables, where the row of the total says so (合计, 小计, 总分, 累计, 全年, …) and what is gone was no subtotal,
  where the weights of a sheet make 100, or where the serial numbers of the rows jump.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.annotation.related import RelatedReport, ToldRelation
from mutating.faults import Edit, Fault

_FEWEST = 2
_SAYS_ALL = re.compile(r"合计|计|共|总|[两二三四五六七八九](?:项|者|类|级|块|部分)")
_DIVIDES = re.compile(r"[:：][^，,。；;]{0,16}$|分别|依次|分为|按[^，,。；;]{1,12}[分计看]")
_MAKES_UP = re.compile(r"组成|构成")
_OF_WHICH = re.compile(r"其\s*中")
_LEAVES_ROOM = re.compile(r"等|主要|其余|另|以上|余")
_ENDS = re.compile(r"[。！？\n]|\.(?!\d)")
_CLAUSE = re.compile(r"[，,。；;\n]")
_ADDS_UP = re.compile(r"合计|加总|加起来|相加|之和")
_TOTAL_ROW = re.compile(r"合\s*计|总\s*计|小\s*计|总\s*分|总得分|累计|全[年省市州县区镇乡]|本年(?:收入|支出)")
_TABLE_LINE = re.compile(r"[\t|｜]|\S {2,}\S")
_SERIAL = re.compile(r"[\s|｜]*(\d{1,2})[\s|｜.、]")

OTHER_SENTENCE = "the total stands in another sentence"
ONE_LEFT = "a single part is left"
OF_WHICH = "其中 does not say all"
ROOM = "the words leave room for more"
MERE_LIST = "no word says all"
NO_TOTAL = "no row says that it is the total"
NO_SUM = "no sum lacks it"
TOTAL_GONE = "a total or subtotal itself is gone"


def judged(report: RelatedReport, fault: Fault) -> Fault:
    """The fault of something left out, provable only by what shows the lack; else with the reason why not."""
    text = fault.edit.applied(report.text)
    if _SERIAL.match(fault.right) and _jumps(text, fault.edit):
        return replace(fault, provable=True)
    if _is_row(report, fault.edit) and _TOTAL_ROW.search(fault.right):
        return replace(fault, provable=False, doubt=TOTAL_GONE)
    doubts = {relation: _doubt(text, relation, fault.edit) for relation in fault.broken}
    shown = tuple(relation for relation, doubt in doubts.items() if not doubt)
    reason = "" if shown else next(iter(doubts.values()), NO_SUM)
    return replace(fault, broken=shown or fault.broken, provable=bool(shown), doubt=reason)


def _is_row(report: RelatedReport, edit: Edit) -> bool:
    return report.text[edit.start : edit.end].endswith("\n")


def _doubt(text: str, relation: ToldRelation, edit: Edit) -> str:
    """Why a sum that lacks a part need not be wrong; empty where it must be."""
    left = [edit.moved(part.place) for part in relation.figures[:-1] if not edit.removes(part)]
    total = edit.moved(relation.figures[-1].place)
    if relation.kind == "weight-sum":
        return ""
    line = _line(text, total[0])
    if _TABLE_LINE.search(line) and _TABLE_LINE.search(_line(text, left[0][0])):
        return "" if _TOTAL_ROW.search(line) else NO_TOTAL
    if len(left) < _FEWEST:
        return ONE_LEFT
    if relation.kind == "score" and _TABLE_LINE.search(_line(text, left[0][0])):
        return ""
    return _doubt_in_words(text, left[0][0], left[-1][1], total)


def _doubt_in_words(text: str, first: int, last: int, total: tuple[int, int]) -> str:
    behind = total[0] >= last
    between = text[last : total[0]] if behind else text[total[1] : first]
    if _ENDS.search(between):
        return "" if _ADDS_UP.search(text, first, _end(text, last, _ENDS)) else OTHER_SENTENCE
    listed = text[first : total[0]] if behind else text[total[1] : _end(text, last, _CLAUSE)]
    if _LEAVES_ROOM.search(listed):
        return ROOM
    if _OF_WHICH.search(between):
        return OF_WHICH
    if behind:
        return "" if _SAYS_ALL.search(between) else MERE_LIST
    is_divided = _DIVIDES.search(between) or _MAKES_UP.search(listed)
    return "" if is_divided else MERE_LIST


def _end(text: str, place: int, sign: re.Pattern[str]) -> int:
    """Where the clause or sentence behind a list ends."""
    found = sign.search(text, place)
    return found.start() if found else len(text)


def _jumps(text: str, edit: Edit) -> bool:
    """Whether the rows about a row that is gone are numbered, and not one after the other."""
    if text[max(0, edit.start - 1) : edit.start] not in ("\n", ""):
        return False
    following = _SERIAL.match(_line(text, edit.start))
    before = _SERIAL.match(_line(text, max(0, edit.start - 1)))
    earlier = int(before[1]) if before else 0
    return following is not None and int(following[1]) == earlier + 2


def _line(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : len(text) if end < 0 else end]
