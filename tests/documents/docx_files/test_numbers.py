"""List numbers that Word generates are written in front of their paragraphs."""

from __future__ import annotations

import pytest

from extract.documents.list_numbers import number_written
from tests.documents.docx_files.builder import p, tbl, text_of, tr

WRITTEN = {
    "decimal": {1: "1", 21: "21"},
    "decimalZero": {3: "03", 12: "12"},
    "decimalFullWidth": {12: "１２"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"},
    "decimalEnclosedCircleChinese": {3: "③"},
    "decimalEnclosedParen": {2: "⑵"},
    "decimalEnclosedFullstop": {2: "⒉"},
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 105: "一〇五"},
    "chineseCountingThousand": {
        10: "十",
        25: "二十五",
        100: "一百",
        105: "一百零五",
        110: "一百一十",
        1005: "一千零五",
    },
    "japaneseCounting": {10: "十", 12: "十二", 30: "三十", 101: "百一"},
    "taiwaneseCountingThousand": {12: "十二"},
    "ideographDigital": {10: "一〇"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉"},
    "chineseLegalSimplified": {3: "叁", 10: "壹拾", 21: "贰拾壹"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA"},
    "lowerRoman": {4: "iv", 12: "xii"},
    "upperRoman": {1994: "MCMXCIV"},
    "none": {1: ""},
    "of a later edition": {7: "7"},
}


@pytest.mark.parametrize("form", WRITTEN)
def test_number_formats(form: str) -> None:
    assert {value: number_written(value, form) for value in WRITTEN[form]} == WRITTEN[form]


def level(n: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    told = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{n}">{told}</w:lvl>'


def abstract(n: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{n}">{"".join(levels)}</w:abstractNum>'


def num(n: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{n}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start_at(n: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(text: str, of: int = 1, n: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="{of}"/></w:numPr>')


OUTLINE = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "(%4)", more='<w:suff w:val="nothing"/>'),
    level(4, "decimalEnclosedCircle", "%5"),
)


def test_outline_of_a_report() -> None:
    body = (
        item("概况")
        + item("职能", n=1)
        + item("机构", n=1)
        + p("编制97人。")
        + item("收支")
        + item("收入", n=1)
        + item("财政拨款", n=2)
        + item("2021年结转", n=2)
        + item("明细", n=3)
        + item("甲", n=4)
        + item("乙", n=4)
    )
    assert text_of(body, numbering=OUTLINE + num(1, 0)).split("\n") == [
        "一、概况",
        "（一）职能",
        "（二）机构",
        "编制97人。",
        "二、收支",
        "（一）收入",
        "1. 财政拨款",
        "2. 2021年结转",
        "(1)明细",
        "① 甲",
        "② 乙",
    ]


LISTS = {
    "start value": (
        abstract(0, level(0, "decimal", "%1、", start=4)) + num(1, 0),
        item("甲") + item("乙"),
        "4、甲 5、乙",
    ),
    "two lists of one kind count on": (
        abstract(0, level(0, "decimal", "%1、")) + num(1, 0) + num(2, 0),
        item("甲") + item("乙", of=2),
        "1、甲 2、乙",
    ),
    "a list that starts anew": (
        abstract(0, level(0, "decimal", "%1、")) + num(1, 0) + num(2, 0, start_at(0, 1)),
        item("甲") + item("乙") + item("丙", of=2) + item("丁", of=2),
        "1、甲 2、乙 1、丙 2、丁",
    ),
    "a list that starts anew further on": (
        abstract(0, level(0, "decimal", "%1、")) + num(1, 0, start_at(0, 7)),
        item("甲") + item("乙"),
        "7、甲 8、乙",
    ),
    "lists of two kinds count apart": (
        abstract(0, level(0, "decimal", "%1、")) + abstract(1, level(0, "lowerLetter", "%1、")) + num(1, 0) + num(2, 1),
        item("甲") + item("乙", of=2) + item("丙"),
        "1、甲 a、乙 2、丙",
    ),
    "inner numbers begin again": (
        abstract(0, level(0, "decimal", "%1、"), level(1, "decimal", "%1.%2、")) + num(1, 0),
        item("甲") + item("乙", n=1) + item("丙", n=1) + item("丁") + item("戊", n=1),
        "1、甲 1.1、乙 1.2、丙 2、丁 2.1、戊",
    ),
    "inner numbers that never begin again": (
        abstract(0, level(0, "decimal", "%1、"), level(1, "decimal", "%2、", more='<w:lvlRestart w:val="0"/>'))
        + num(1, 0),
        item("甲") + item("乙", n=1) + item("丙") + item("丁", n=1),
        "1、甲 1、乙 2、丙 2、丁",
    ),
    "inner number before any outer one": (
        abstract(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1-%2、")) + num(1, 0),
        item("甲", n=1) + item("乙"),
        "一-1、甲 一、乙",
    ),
    "all digits Arabic": (
        abstract(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2、", more="<w:isLgl/>")) + num(1, 0),
        item("甲") + item("乙", n=1),
        "一、甲 1.1、乙",
    ),
    "words around the number": (
        abstract(0, level(0, "chineseCounting", "第%1部分")) + num(1, 0),
        item("概况"),
        "第一部分_概况",
    ),
    "bullets are no numbers": (abstract(0, level(0, "bullet", "●")) + num(1, 0), item("甲"), "甲"),
    "numbering taken off": (abstract(0, level(0, "decimal", "%1、")) + num(1, 0), item("甲", of=0), "甲"),
    "a list that is not there": (abstract(0, level(0, "decimal", "%1、")) + num(1, 0), item("甲", of=9), "甲"),
    "a level written anew for one list": (
        abstract(0, level(0, "decimal", "%1、"))
        + num(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1．")}</w:lvlOverride>'),
        item("甲"),
        "A．甲",
    ),
}


@pytest.mark.parametrize(("numbering", "body", "lines"), LISTS.values(), ids=LISTS)
def test_lists(numbering: str, body: str, lines: str) -> None:
    assert text_of(body, numbering=numbering) == lines.replace(" ", "\n").replace("_", " ")


def _style(name: str, properties: str = "", based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}">{base}<w:pPr>{properties}</w:pPr></w:style>'


_IN_LIST = '<w:numPr><w:numId w:val="1"/></w:numPr>'


def test_styles_number_their_paragraphs() -> None:
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%2.", more='<w:pStyle w:val="H2"/>'),
    )
    styles = (
        _style("H1", _IN_LIST) + _style("H2", _IN_LIST) + _style("Own", based_on="H1") + _style("Ring", based_on="Ring")
    )
    body = (
        p("甲", '<w:pStyle w:val="H1"/>')
        + p("乙", '<w:pStyle w:val="H2"/>')
        + p("丙", '<w:pStyle w:val="Own"/>')
        + p("丁", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("戊", '<w:pStyle w:val="Ring"/>')
    )
    assert text_of(body, numbering=numbering + num(1, 0), styles=styles) == "一、甲\n1. 乙\n二、丙\n丁\n戊"


def test_list_by_way_of_a_list_style() -> None:
    numbering = (
        abstract(0, level(0, "chineseCounting", "%1、"))
        + '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + num(1, 0)
        + num(2, 1)
    )
    styles = f'<w:style w:type="numbering" w:styleId="L"><w:pPr>{_IN_LIST}</w:pPr></w:style>'
    assert text_of(item("甲", of=2), numbering=numbering, styles=styles) == "一、甲"


def test_deleted_paragraph_is_not_counted() -> None:
    numbering = abstract(0, level(0, "decimal", "%1、")) + num(1, 0)
    deleted = item("").replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    assert text_of(item("甲") + deleted + item("乙"), numbering=numbering) == "1、甲\n2、乙"


def test_serial_numbers_in_cells() -> None:
    numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    cell = f"<w:tc><w:tcPr/>{item('')}</w:tc>"
    text = text_of(tbl(tr(cell, "水渠"), tr(cell, "道路")) + p("完。"), numbering=numbering)
    assert text == "1\t水渠\n2\t道路\n完。"
