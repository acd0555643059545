"""R04: a unit that cannot be meant: 元 where the amounts beside it are 万元, a unit twice, an impossible size.

Units that a failing relation shows to be wrong are told by the relation; here are those that only their
size gives away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.relations import Figure
from extract.audit.wording import hinted_unit, written
from extract.claims.names import overlap
from extract.records import Claim, Dimension, Document, FindingType, Pair, Severity

RULE = "R04"
_TEN_THOUSAND = Decimal(10_000)
_BACK = 8  #: figures in front from which an average may follow
_NEIGHBOURS = 5  #: amounts to look at on either side
_FEWEST_ALIKE = 2
_EACH = re.compile(
    r"[一-鿿]均|每(?![年月季周天日])|单价|(?<!高)标准(?!化)|均价|元/|补贴标准|定额|单[方件个台套车位次]|一(?:件|批次|户|次|吨|亩|台|套)[一-鿿]{0,2}$"
)
_EACH_BEFORE = re.compile(r"每(?![年月季周天日])[^，。；]{1,8}，[^，。；]{0,6}$")  #: 每引来一人次，财政掏44.14元
_FAR_OFF = (Decimal(3000), Decimal(30_000))  #: an actual so many times its target says 万元 for 元
_FEWEST_LARGE, _TELLING_DIGITS, _ALIKE = 5, 4, 0.4
_WORDS, _NEAR_WORDS = 24, 8
_PETTY, _NOTHING = Decimal(10_000), Decimal(1_000)
_WHOLE_SUM = re.compile(
    r"资金|投资|支出|收入|经费|罚没|罚款|款项|造价|投入|产值|销售额|营业额|贷款|拨款|预算|决算|结余|结转|补贴款|总额|花费|追缴|追回|收缴|争取|发放|合计|共计|共"
)
_SMALL = re.compile(
    r"每|人均|户均|亩均|均|单价|标准|邮|话费|押金|手续费|工本费|定额|奖励|慰问金|生活费|补贴[每标]|起步|最低|最高|门槛"
)
_PER_HEAD = re.compile(r"人均|户均|每人|每户|每名|每生|生均|人次均")
_PER_ACRE = re.compile(r"亩均|每亩")
_YIELD = re.compile(r"增收|补[助贴]|收入|产值|奖|节本|增产|收益")
_MUCH_A_HEAD, _MUCH_AN_ACRE = Decimal(1_000_000), Decimal(500_000)
_PER_ONE = re.compile(r"[人户亩场次处生车]均|每[一-鿿]{1,3}|单价|均价|单位成本|单[方件个台套车位]")
_SENTENCE_END = re.compile(r"[。；;]")
_UNIT = re.compile(r"[^\d.,\s余多几来]+$")
_MEASURES = ("元", "亩", "%", "吨", "升", "克", "度")  #: of one character, that no word begins with behind a figure
_ENDS = re.compile(r"\s*(?:[，。；：、,;:!?)）\]|｜/]|$)")


def check_units(graph: Graph, pairs: Sequence[Pair], settled: Collection[str]) -> Iterator[Checked]:
    """A finding for each unit that the figures around it contradict; ``settled`` are claims that need no more."""
    document = graph.document
    amounts = [f.claim for f in graph.figures if f.claim.quantity.dimension is Dimension.MONEY and f.value]
    told = set(settled)
    for figure in graph.figures:
        if _is_doubled(document, figure.claim):
            yield _doubled(document, figure.claim)
    scale = _Scale(document, amounts)
    for index, claim in enumerate(amounts):
        if claim.id in told or not _is_plain_yuan(document, claim) or _is_for_one(document, claim):
            continue
        if index and _goes_on_about_one(document, amounts[index - 1], claim):
            continue
        if _should_be_ten_thousands(document, amounts, index):
            told.add(claim.id)
            yield _yuan(document, claim, "前后金额均以万元计")
        elif scale.is_too_small(claim):
            told.add(claim.id)
            yield _yuan(document, claim, "全文金额多以万元计")
    for place, figure in enumerate(graph.figures):
        if (
            figure.claim.id not in told
            and _is_too_much_for_one(figure)
            and not _is_share_of_total(figure, graph.figures[max(0, place - _BACK) : place])
        ):
            told.add(figure.claim.id)
            yield _too_much(document, figure)
    for pair in pairs:
        if pair.actual is None or told & {pair.target.id, pair.actual.id}:
            continue
        if _is_far_off(pair) and not _is_price(pair.target):
            yield _far_off(document, pair.target, pair.actual)


def _goes_on_about_one(document: Document, before: Claim, claim: Claim) -> bool:
    """Whether the amount in front of it in its sentence is a price or share of one: 人均798元，比上年的762元多36元."""
    if before.segment is not claim.segment or "万" in before.span.of(document.text):
        return False
    start, end = before.segment.span.start, claim.span.start
    sentence = _SENTENCE_END.split(document.text[start:end])[-1]
    return _PER_ONE.search(sentence) is not None


class _Scale:
    """How large the amounts of a document are, and which are stated in 万元 somewhere."""

    def __init__(self, document: Document, amounts: Sequence[Claim]) -> None:
        self.document = document
        large = [claim for claim in amounts if _in_ten_thousands(document, claim)]
        self.by_value: dict[Decimal, list[Claim]] = {}
        for claim in large:
            self.by_value.setdefault((claim.quantity.number or Decimal(0)).normalize(), []).append(claim)
        self.in_ten_thousands = len(large) >= _FEWEST_LARGE and len(large) * 5 >= len(amounts) * 3

    def is_too_small(self, claim: Claim) -> bool:
        """Whether 10 000 times as much is stated of a like name, or a sum of money has the size of petty cash."""
        number = claim.quantity.number or Decimal(0)
        like = self.by_value.get((number * _TEN_THOUSAND).normalize(), ())
        if any(overlap(claim.indicator, other.indicator) >= _ALIKE for other in like):
            return True
        if like and len(re.sub(r"\D", "", f"{number.normalize():f}")) >= _TELLING_DIGITS:
            return True
        words = self.document.text[max(0, claim.span.start - _WORDS) : claim.span.start]
        return self.in_ten_thousands and number < _PETTY and _is_sum_of_money(words, number)


def _words_before(document: Document, claim: Claim) -> str:
    return "".join(document.text[max(0, claim.span.start - _NEAR_WORDS) : claim.span.start].split())


def _is_for_one(document: Document, claim: Claim) -> bool:
    if _EACH.search(_words_before(document, claim)):
        return True
    before = document.text[max(claim.segment.span.start, claim.span.start - _WORDS) : claim.span.start]
    return _EACH_BEFORE.search("".join(before.split())) is not None


def _is_sum_of_money(words: str, number: Decimal) -> bool:
    """Whether the words in front of an amount speak of a whole sum, not of what each gets."""
    own = re.split(r"[，。；;,、]", "".join(words.split()))[-1]
    if _EACH.search(words[-14:]) or _SMALL.search(own):
        return False
    return _WHOLE_SUM.search(own) is not None and (number != number.to_integral_value() or number < _NOTHING)


def _is_too_much_for_one(figure: Figure) -> bool:
    """Whether 万元 stands where each person or household gets so much."""
    claim = figure.claim
    if claim.quantity.dimension not in (Dimension.MONEY, Dimension.RATE) or "万元" not in figure.surface:
        return False
    per = claim.quantity.unit.partition("/")[2]
    each = _PER_HEAD.search(figure.before[-8:]) is not None or per in ("人", "户")
    acre = _PER_ACRE.search(figure.before[-8:]) is not None and _YIELD.search(figure.before) is not None
    number = claim.quantity.number or Decimal(0)
    return (each and number >= _MUCH_A_HEAD) or (
        (acre or (per == "亩" and _YIELD.search(figure.before) is not None)) and number >= _MUCH_AN_ACRE
    )


def _is_share_of_total(figure: Figure, before: Sequence[Figure]) -> bool:
    """Whether a total and a count in front give just so much for each: 2.7亿元，29个项目，户均931万元."""
    counts = [f.value for f in before if f.claim.quantity.dimension is Dimension.COUNT and f.value > 1]
    totals = [f.value for f in before if f.kind == "元" and f.value > figure.value]
    return any(abs(total / count - figure.value) <= figure.step for total in totals for count in counts)


def _too_much(document: Document, figure: Figure) -> Checked:
    stated = figure.surface
    expected = stated.replace("万元", "元")
    return finding(
        document,
        FindingType.UNIT,
        RULE,
        (figure.claim,),
        severity=Severity.MEDIUM,
        confidence=0.75,
        stated=stated,
        expected=expected,
        workings="单个对象的标准或均值以元计",
        slip=f"{stated} for {expected}",
        message=f"“{figure.claim.indicator}”写作{stated}，与单个对象的常见数量级不符，疑为{expected}。请核对单位并更正。",
    )


def _is_of_one_measure(pair: Pair) -> bool:
    """Whether target and actual stand in one row of a table, or are named alike."""
    target, actual = pair.target, pair.actual or pair.target
    if target.cell is not None and actual.cell is not None:
        return (target.cell.table, target.cell.row) == (actual.cell.table, actual.cell.row)
    return overlap(target.indicator, actual.indicator) >= _ALIKE


def _is_price(claim: Claim) -> bool:
    """Whether the column or the name says that an amount is for one: 标准（元）."""
    head = "" if claim.cell is None else claim.cell.column_header
    return _EACH.search(head) is not None or _EACH.search(claim.indicator) is not None


def _is_far_off(pair: Pair) -> bool:
    """Whether an actual is about ten thousand times its target, or of money or in its row a ten thousandth of it."""
    ratio = pair.ratio
    if not ratio or not _is_of_one_measure(pair):
        return False
    is_in_row = pair.target.cell is not None and pair.actual is not None and pair.actual.cell is not None
    turned = is_in_row or pair.target.quantity.dimension is Dimension.MONEY
    return _FAR_OFF[0] <= ratio <= _FAR_OFF[1] or (turned and _FAR_OFF[0] <= 1 / ratio <= _FAR_OFF[1])


def _is_doubled(document: Document, claim: Claim) -> bool:
    """Whether the unit stands there twice: 127.8公里公里; 12人人， but not 12人人均, where a word begins with it."""
    surface = claim.span.of(document.text)
    unit = _UNIT.search(surface)
    if surface.startswith("一"):
        return False  # 一笔一笔
    behind = document.text[claim.span.end : claim.span.end + _NEAR_WORDS].removeprefix(" ")
    if unit is None or not behind.startswith(unit[0]):
        return False
    is_measure = len(unit[0]) > 1 or unit[0] in _MEASURES
    return is_measure or _ENDS.match(behind[len(unit[0]) :].split("\n")[0]) is not None


def _doubled(document: Document, claim: Claim) -> Checked:
    unit = _UNIT.search(claim.span.of(document.text))
    stated = claim.span.of(document.text) + ("" if unit is None else unit[0])
    return finding(
        document,
        FindingType.UNIT,
        RULE,
        (claim,),
        severity=Severity.LOW,
        confidence=0.95,
        stated=stated,
        expected=claim.span.of(document.text),
        message=f"“{stated}”单位重复。请更正，删去重复的单位。",
    )


def _is_plain_yuan(document: Document, claim: Claim) -> bool:
    """Written in 元 without 万 or 亿, and no price or share of one."""
    surface = claim.span.of(document.text)
    return (
        claim.quantity.unit_from == ""
        and surface.endswith("元")
        and not surface.rstrip("元").rstrip().endswith(("万", "亿"))
        and not _EACH.search(claim.indicator)
    )


def _should_be_ten_thousands(document: Document, amounts: Sequence[Claim], index: int) -> bool:
    """Whether the figure is of the size of its neighbours' 万元, with their decimals, or their sum or difference."""
    number = amounts[index].quantity.number or Decimal(0)
    near = [*amounts[max(0, index - _NEIGHBOURS) : index], *amounts[index + 1 : index + 1 + _NEIGHBOURS]]
    figures = [(c.quantity.number or Decimal(0)) / _TEN_THOUSAND for c in near if _in_ten_thousands(document, c)]
    alike = [figure for figure in figures if number and Decimal("0.01") <= figure / number <= Decimal(100)]
    if len(alike) < _FEWEST_ALIKE:
        return False
    if amounts[index].quantity.precision <= Decimal("0.01") and number >= 10:
        return True
    return any(number in (a + b, abs(a - b)) for a, b in combinations(figures, 2))


def _in_ten_thousands(document: Document, claim: Claim) -> bool:
    hint = hinted_unit(claim)
    return "万元" in claim.span.of(document.text) or (claim.quantity.unit_from == "header" and hint == "万元")


def _yuan(document: Document, claim: Claim, why: str) -> Checked:
    stated = claim.span.of(document.text)
    expected = f"{stated.removesuffix('元')}万元"
    return finding(
        document,
        FindingType.UNIT,
        RULE,
        (claim,),
        severity=Severity.MEDIUM,
        confidence=0.8,
        stated=stated,
        expected=expected,
        workings=why,
        slip=f"{stated} for {expected}",
        message=f"“{claim.indicator}”写作{stated}，{why}，疑为{expected}。请核对单位并更正。",
    )


def _far_off(document: Document, target: Claim, actual: Claim) -> Checked:
    goal, done = written(target, document.text), written(actual, document.text)
    return finding(
        document,
        FindingType.UNIT,
        RULE,
        (actual, target),
        severity=Severity.MEDIUM,
        confidence=0.8,
        stated=done,
        workings=f"目标{goal}，实际{done}，相差近万倍",
        message=f"“{target.indicator}”目标为{goal}，实际写作{done}，数量级相差近万倍，疑为单位有误。请核对单位。",
    )
