"""What a report says of itself on its first page: title, bureau, year, kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_TITLE = re.compile(
    r"(?:自评|评价|总结).{0,6}报告(?!正文|编)|绩效.{0,10}报告(?!正文|编)|自评表|绩效.{0,6}自评(?:情况|材料|说明|情况说明)?$"
)
_NO_TITLE = re.compile(r"[。；;：:]|^第.{1,3}部分|^[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]")
_LEFT_OVERS = re.compile(r"<[^<>]{1,40}>|\[[A-Za-z]+:[^\[\]]{0,40}\]|\*\*|^#+\s*")
_CELLS = re.compile(r"[|｜\t]|,{2,}|,(?=[一-鿿])|(?<=[一-鿿]),|\"")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_YEAR_OF_REPORT = re.compile(r"(?<!\d)(20\d\d)\s*年度")
_HAN_YEAR = re.compile(r"二[〇○零O0][一二三四五六七八九〇○零]{2}(?=\s*年)")
_HAN_DIGITS = dict(zip("〇○零O一二三四五六七八九", "0000123456789", strict=True))
_ENDS_BUREAU = (
    r"管理局|规划局|分局|局|委员会|委|厅|办公室|中心|人民政府|政府|法院|检察院|医院|学校|大学|学院|街道办事处|联合会|总工会|林场"
    r"|支队|总队|大队|队"
)
_BUREAU = re.compile(rf"[一-鿿]{{2,20}}?(?:{_ENDS_BUREAU})(?![一-鿿]{{0,3}}(?:批复|文件))")
_LABELLED = re.compile(
    r"(?:填报|项目|实施|预算|主管|申报)?(?:单位|部门)(?:\(?（?单位）?\)?)?(?:名称)?(?:[（(][^（）()]{0,4}[)）])?"
    r"\s*[:：|｜,\t ]\s*(?P<name>[一-鿿]{4,30})"
)
_NAMES_A_PLACE = re.compile(r"[一-鿿]{1,}[省市县区州旗镇乡盟]|街道")
_NO_NAME = re.compile(r"^(?:根据|按照|依据|为|由|经|我|是|全|各|本|该|省|市|县|区|乡|社区|专项|主管|请|报|受|向|在|对)")
_BEGINS_WITH_PLACE = re.compile(r"[一-鿿]{2,3}[省市县区州旗盟]")
_FEWEST_NAMED = 2
_HEAD_LINES = 60
_AROUND_TITLE = 3  #: lines on either side of the title where its year can stand alone
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Masthead:
    title: str | None
    organisation: str | None
    year: str | None
    report_type: str | None


def read_masthead(text: str) -> Masthead:
    """Title, organisation, year and report type, each None where the text does not say it.

    >>> read_masthead("2022年度青桐县水务局部门整体支出绩效自评报告").year
    '2022'
    """
    head = text[:20_000]
    lines = [line for written in head.split("\n") for line in _cells_of(written)]
    title, place = _title(lines)
    return Masthead(
        title=title,
        organisation=_organisation(title, lines, head),
        year=_year(title, lines[max(0, place - _AROUND_TITLE) : place + _AROUND_TITLE + 1], head, text),
        report_type=_report_type(title, text[:5000]),
    )


def _cells_of(line: str) -> Iterator[str]:
    """What a line says without the left-overs of markup, cell by cell."""
    for cell in _CELLS.split(_LEFT_OVERS.sub("", line)):
        if bare := cell.strip(" \t\r　,，"):
            yield bare


def _title(lines: list[str]) -> tuple[str | None, int]:
    """The title, with the line before it where the year stands there, and which line it is."""
    for index, line in enumerate(lines):
        if len(line) <= _LONGEST_TITLE and _TITLE.search(line) and not _NO_TITLE.search(line):
            before = lines[index - 1] if index else ""
            begins = len(before) <= _LONGEST_TITLE and "。" not in before and _YEAR.search(before)
            own_year = _YEAR.search(line) or _HAN_YEAR.search(line)
            alone = begins and not own_year and re.fullmatch(r".{0,24}20\d\d\s*年(?:度)?", before)
            return re.sub(r"\s+", "", before + line if alone else line), index
    return None, 0


def _organisation(title: str | None, lines: list[str], head: str) -> str | None:
    """The bureau of the title, else of a label such as 填报单位, else one that begins a line, else the most named."""
    named = _BUREAU.search(_without_years(title or ""))
    if named and _NAMES_A_PLACE.search(named[0]):
        return named[0]
    for match in _LABELLED.finditer(head[:5000]):
        labelled = _BUREAU.match(match["name"])
        if labelled and not _NO_NAME.match(labelled[0]):
            return labelled[0]
    for line in lines[:_HEAD_LINES]:
        begins = _BUREAU.match(_without_years(line))
        if begins and _NAMES_A_PLACE.search(begins[0]) and not _NO_NAME.match(begins[0]):
            return begins[0]
    return named[0] if named else _most_named(head)


def _most_named(head: str) -> str | None:
    """The bureau with its place that the first pages name most often."""
    found = (match[0] for match in _BUREAU.finditer(head))
    counts = Counter(name for name in found if _BEGINS_WITH_PLACE.match(name) and not _NO_NAME.match(name))
    often = [name for name in counts if counts[name] >= _FEWEST_NAMED]
    return max(often, key=lambda name: (counts[name], -head.index(name)), default=None)


def _without_years(line: str) -> str:
    return re.sub(r"(?:19|20)\d\d\s*年度?|二[〇○零].{2}年度?|\s|^关于", "", line)


def _year(title: str | None, around: list[str], head: str, text: str) -> str | None:
    """The year of the title, of a line beside it, else the year that is most often reported on, or most often named."""
    for line in (title or "", *around):
        if len(line) <= _LONGEST_TITLE and "日" not in line and (named := _first_year(line)):
            return named
    reported = Counter(_YEAR_OF_REPORT.findall(head))
    counts = reported or Counter(_YEAR.findall(text))
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


def _first_year(line: str) -> str | None:
    written, spelt = _YEAR.search(line), _HAN_YEAR.search(line)
    if written:
        return written[1]
    return "".join(_HAN_DIGITS.get(c, "2" if c == "二" else c) for c in spelt[0]) if spelt else None


def _report_type(title: str | None, opening: str) -> str | None:
    """Told by the title; where it does not say, by which of the two kinds the first pages speak of first."""
    for words in (title or "", opening):
        if re.search(r"整体(?:支出|绩效)", words):
            return "department"
        if re.search(r"项目(?:支出|资金|绩效)|专项|补助资金", words):
            return "project"
    return None
