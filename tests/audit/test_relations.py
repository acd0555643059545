"""Which figures the wording ties together: right ones are held, and one wrong figure among them is found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.audit.cues import parse_cues
from extract.audit.judging import judge, restated
from extract.audit.relations import Figure, Relation, RelationKind, find_figures, find_relations
from extract.audit.relations.cues import parse_rate_words
from extract.audit.rewritings import SlipKind
from extract.audit.slips import find_slips
from extract.documents.reading import document_from_bytes
from extract.errors import LexiconError
from extract.extraction import extract
from extract.records import Document, Severity

TABLE = (
    "项目\t年初预算数（万元）\t全年预算数（万元）\t全年执行数（万元）\n"
    "渡口修缮\t320.00\t352.50\t340.20\n"
    "码头照明\t118.00\t96.40\t95.10\n"
    "合计\t438.00\t448.90\t435.30\n"
)
ROWS = (
    "三级指标\t年度指标值\t实际完成值\t分值\t得分\n渡口修缮数量\t≥14处\t16处\t50\t50\n乘客满意度\t≥90%\t92.5%\t50\t50\n"
)

YEARS = (
    "项目\t2021年\t2022年\t增减\n航道里程（公里）\t248.0\t260.0\t12.0\n"
    "泊位（个）\t56\t61\t5\n航标（座）\t310\t324\t14\n"
)
CELLS = (
    "二　运营\n指标\n2022年\n2023年\n增减率\n航道里程（公里）\n248.0\n260.0\n4.84%\n泊位（个）\n56\n61\n8.93%\n"
    "事故（起）\n113\n107\n-5.31%\n货运（万吨）\n418.6\n440.2\n5.16%\n以上由港航中心统计。\n"
)
SPENDING = (
    "二　去向\n开支内容\n金额（万元）\n比重（%）\n航标灯具\n130.2\n32.1\n船员培训\n47.4\n11.7\n护岸\n228.4\n56.3\n"
    "合计\n406.0\n100.0\n上述各项均已验收。\n"
)

PRICED = (
    "物资\t数量\t单价（元）\t金额（万元）\n救生衣\t1200件\t185\t22.20\n航标灯\t190台\t1,800\t34.20\n"
    "缆绳\t640盘\t460\t29.44\n"
)
MONTHS = (
    "渡口\t人数（人）\t月标准（元）\t月数\t补贴（元）\n东渡\t26\t1330\t12\t414960\n西渡\t31\t1330\t11\t453530\n"
    "南渡\t20\t1420\t12\t340800\n北渡\t18\t1420\t10\t255600\n"
)
DAYS = (
    "季度\t客流（万人次）\t开航天数（天）\t日均（人次）\n一季度\t8.12\t72\t1,128\n二季度\t13.05\t78\t1,673\n"
    "三季度\t16.66\t79\t2,109\n四季度\t14.29\t78\t1,832\n"
)
BY_YEAR = (
    "              中央      省级      自筹      合计\n2022年(万元)    640       910       475       2,025\n"
    "2023年(万元)    1,160     1,425     830       3,415\n两年累计(万元)  1,800     2,335     1,305     5,440\n"
)
NUMBERED = (
    "二　收支\n收支决算表\n单位：万元\n项目\n年初预算数\n决算数\n一、财政拨款收入\n1820.00\n1936.50\n"
    "二、事业收入\n1380.00\n1436.20\n三、其他收入\n42.00\n51.30\n收入合计\n3242.00\n3424.00\n以上由财务科提供。\n"
)

#: a right text, and what makes it wrong: a figure as printed → another
CASES = [
    ("conversion", "流转林地面积4,650亩，折合310公顷。", ("310公顷", "301公顷")),
    ("conversion", "全年客运收入1.28亿元，即12,800万元。", ("12,800万元", "12,080万元")),
    (
        "flow",
        "年初预算862.40万元，年中追加航标维护费75.30万元，收回前期费18.60万元，调整后为919.10万元。",
        ("75.30", "57.30"),
    ),
    (
        "flow",
        "年末在职87人。当年新进6人、退休9人，上年末在职人数为90人。",
        ("上年末在职人数为90人", "上年末在职人数为99人"),
    ),
    ("rest", "全年预算1,286.40万元。\n\n实际支出1,215.75万元。\n\n年末结余70.65万元，为质保金。", ("70.65", "76.05")),
    ("row", TABLE + "\n渡口修缮调增32.50万元，系水毁修复。", ("调增32.50", "调增35.20")),
    ("share", "总支出860万元，航道352.6万元、码头507.4万元，二者占比依次为41.0%和59.0%。", ("59.0%", "95.0%")),
    (
        "share",
        "总支出860万元。航道支出352.6万元，占41.0%；码头支出335.4万元，占39.0%；照明支出172万元，占20.0%。",
        ("39.0%", "93.0%"),
    ),
    ("average", "发放渔船补助86艘，资金123.84万元，每艘1.44万元。", ("123.84", "132.84")),
    ("average", "全年维护航标312座，支出74.88万元，每座2400元。", ("2400元", "24000元")),
    ("average", "渡工养老补贴惠及136人，共48.96万元，人均3600元。", ("48.96万元", "48.96亿元")),
    ("flow", "年内征集船模46件，年初馆藏3,275件，年末馆藏3,321件。", ("3,321件", "3,312件")),
    (
        "execution",
        "年初预算640.00万元，年中追加60.00万元，调整后全年预算700.00万元。全年支出672.00万元，预算执行率96.0%。",
        ("96.0%", "105.0%"),
    ),
    ("marks", "预算执行率93.28%。\n\n执行进度满分20分，按执行率折算得18.66分。", ("18.66分", "16.86分")),
    ("sample", ROWS + "\n满意度由调查队入户，收回问卷440份，满意407份。", ("407份", "404份")),
    ("told", ROWS + "\n全年完成渡口修缮16处，目标为14处。", ("修缮16处", "修缮61处")),
    ("net", "全年新增1,275人、退出1,408人，净减133人。", ("净减133人", "净减313人")),
    (
        "adjusted",
        "年初预算3,286.40万元，年中追加377.60万元，调整后预算为3,664.00万元，调整率11.49%。",
        ("11.49%", "14.19%"),
    ),
    (
        "growth over a year told alone",
        "全年接待读者86,420人次，其中少儿34,180人次、成人52,240人次。2021年为79,350人次，增长8.91%。",
        ("8.91%", "9.81%"),
    ),
    (
        "growth over a year that is named",
        "2023年春季在册种牛1,264头，配种962头次，产犊871头。\n\n2022年春季在册种牛1,180头，2023年增长7.12%。",
        ("7.12%", "1.72%"),
    ),
    ("fall in other words", "鱼价每公斤21.6元，去年是25.4元，跌了15.0%。", ("15.0%", "51.0%")),
    ("growth of a row", YEARS + "\n航道里程增长4.84%，船闸检修持平。", ("增长4.84%", "增长8.44%")),
    ("growth in plain cells", CELLS, ("4.84%", "8.44%")),
    ("fall in plain cells", CELLS, ("-5.31%", "-3.51%")),
    ("total in plain cells", SPENDING, ("228.4", "282.4")),
    (
        "average of a row",
        SPENDING + "\n（一）航标灯具：计划130套，购置124套，套均1.05万元。",
        ("1.05万元", "1.50万元"),
    ),
    (
        "average of a row by its unit",
        SPENDING + "\n2．船员培训，任务300人，培训316人，人均0.15万元。",
        ("0.15万元", "0.15元"),
    ),
    ("flow", "年初在册船舶214艘，登记38艘，灭失5艘，报废11艘，年末在册236艘。", ("236艘", "263艘")),
    ("flow", "2021年末有灯桩318座，2022年新立27座，撤掉8座，2022年末有337座。", ("337座", "373座")),
    ("flow", "渡工由年初的46人增加到52人，其间新聘9人、解聘3人。", ("52人", "57人")),
    ("one change", "年初批复经费612.50万元，九月压减34.20万元，调整后578.30万元。", ("578.30", "587.30")),
    (
        "list with nouns behind",
        "共训练三期，春季18个班、夏季26个班、秋季31个班，合起来75个班。",
        ("合起来75", "合起来57"),
    ),
    (
        "list of a total told before",
        "全年支出486.35万元，结余12.65万元。构成如下：船检214.60万元，占44.1%；护岸186.25万元；培训85.50万元。",
        ("186.25", "168.25"),
    ),
    (
        "list of a total told before",
        "疏浚土方86420方。上岸58315方，上岸率67.5%，其余28105方就近吹填。",
        ("58315", "53815"),
    ),
    ("unit among parts", "码头占地8.64公顷，其中堆场5.12公顷、道路3.52公顷。", ("8.64公顷", "8.64亩")),
    ("unit among parts", "资产12.48亿元，负债7.35亿元，净资产5.13亿元。", ("资产12.48亿元", "资产12.48万元")),
    ("columns that multiply", PRICED, ("34.20", "32.40")),
    ("columns that multiply", PRICED, ("190台", "109台")),
    ("columns that multiply", MONTHS, ("340800", "304800")),
    ("average in a column", DAYS, ("1,673", "1,763")),
    ("rows named by years", BY_YEAR, ("1,425", "1,452")),
    ("numbered rows of a cell a line", NUMBERED, ("1436.20", "1463.20")),
    (
        "two statements of one figure",
        "核定编制164名，其中船员35名、岸勤28名、机关101名。年末实有158人，在编率96.34%。",
        ("编制164名", "编制964名"),
    ),
    ("each a year", "租用趸船，支出43.20万元（24艘，每艘每年1.8万元）。", ("1.8万元", "1.8元")),
]


def document_of(text: str) -> Document:
    return document_from_bytes(text.encode(), name="report.txt", where="report.txt")


def provable(text: str) -> list[str]:
    """What the audit says of a text's figures, hints aside."""
    findings = extract(document_of(text)).findings
    return [
        f.stated
        for f in findings
        if f.severity is not Severity.HINT and f.rule in ("R01", "R02", "R03", "R04", "R13", "R14", "R15", "R23")
    ]


@pytest.mark.parametrize(("name", "text", "change"), CASES)
def test_right_figures_are_left_alone(name: str, text: str, change: tuple[str, str]) -> None:
    assert change[0] in text
    assert provable(text) == []


@pytest.mark.parametrize(("name", "text", "change"), CASES)
def test_one_wrong_figure_is_found(name: str, text: str, change: tuple[str, str]) -> None:
    assert provable(text.replace(*change, 1)) != []


def relations_of(text: str) -> tuple[tuple[Figure, ...], list[tuple[Relation, ...]]]:
    result = extract(document_of(text))
    figures = find_figures(result.document, result.claims)
    return figures, list(find_relations(figures, result.pairs))


SLIPS = [
    ("投入甲片412.6万元、乙片85.4万元，合计489.0万元。", SlipKind.SWAPPED, "498.0"),
    ("投入甲片412.6万元、乙片85.4万元，合计4980万元。", SlipKind.SHIFTED, "498.0"),
    ("投入甲片412.6万元、乙片85.4万元，合计498.0元。", SlipKind.UNIT, "498.0万元"),
]


@pytest.mark.parametrize(("text", "kind", "right"), SLIPS)
def test_slip_that_makes_a_sum_hold_is_named(text: str, kind: SlipKind, right: str) -> None:
    _, statements = relations_of(text)
    slips = [slip for ways in statements for way in ways for slip in find_slips(way) if slip.index == 0]
    assert (kind, right) in {(slip.kind, slip.right) for slip in slips}


def test_figure_told_again_elsewhere_is_not_the_one_blamed() -> None:
    text = "全年支出498.0万元，其中甲片412.6万元、乙片84.5万元。\n\n全年支出498.0万元，均已核实。"
    figures, statements = relations_of(text)
    (failure,) = [f for f in judge(statements, restated(figures)).failing if f.relation.kind is RelationKind.SUM]
    assert (failure.figure.surface, failure.right) == ("84.5万元", Decimal(854000))


def test_whole_over_its_part_is_no_proof_of_a_rate() -> None:
    assert provable("收回问卷430份，满意396份，满意率108.59%。") == ["108.59%"]


def test_cue_of_unknown_place_is_refused_with_its_line() -> None:
    with pytest.raises(LexiconError, match=r"cues\.tsv:2: place 'middle' is none of in, tail, head, as"):
        parse_cues("cue\twhere\tpattern\tseen\ntotal\tmiddle\t合计\t合计\n", "cues.tsv")


def test_rate_words_with_a_broken_pattern_are_refused_with_their_line() -> None:
    with pytest.raises(LexiconError, match=r"rates\.tsv:2"):
        parse_rate_words("stem\tpart\tbase\tseen\n执行率(\t支出\t预算\t执行率\n", "rates.tsv")
