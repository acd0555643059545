"""The words that name what a figure measures: 省报批项目面积, 三公经费控制率."""

from __future__ import annotations

import re

from extract.claims.mentions import Mention

_LEAD = re.compile(
    r"^(?:[\s(（,，、:：“”\"]|其中|分别为?|以及|及|和|与|并|同时|另外?|还|也|均|各|共|累计|共计|合计|全年|本年度?|今年|当年|年内|年度|"
    r"(?:19|20)\d\d年?(?:度)?(?:以来|末|底)?|截至|截止|一是|二是|三是|四是|五是|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|"
    r"已|已经|共同|先后|成功|顺利|全面|积极|大力|切实|我局|我县|我区|我市|我委|我办|我乡|我镇|全市|全县|全区|全省|全局|全乡|全镇|"
    r"实际|计划|拟|力争|确保|争取|预计|将|完成|实现|达到|开展|组织|做好|推进|的|了)+"
)
_TAIL = re.compile(
    r"(?:[\s(（,，、:：“”\"]|为|是|达到?|有|共|共计|合计|约|近|超过?|突破|均|分别|至少|不低于|不少于|不超过|控制在|增至|降至|[≥≤><]|到|至|的|了|"
    r"完成|实现|任务|目标值?|计划数?|预算数?|省厅|省定|市定|任务数)+$"
)
_GENERIC = re.compile(
    r"^(?:面积|金额|资金|总面积|总投资|投资|长度|数量|人数|宗数|个数|其他|比例|占比|率|同比增长|增长|同比|)$"
)
_NOUN = re.compile(r"^[一-鿿A-Za-z“”\"（）()]{1,16}")
_NOUN_END = re.compile(r"(?:已|全部|均|完成|进行|得到|的|、|，|。|；|注销|任务|签订|实现|通过|开展|等)")
MAX_NAME = 24


def indicator_of(mention: Mention, previous: str) -> str:
    """The name of what is measured: of its row in a table, else of the words around it.

    ``previous`` is the name of the mention before it in the same sentence, which a bare 面积 or nothing goes on from.
    """
    cell = mention.segment.cell
    if cell is not None and mention.alone:
        return cell.row_header.rsplit(" ", 1)[-1] or cell.column_header
    own = bare_name(mention.name)
    noun = _noun_behind(mention)
    if _GENERIC.match(own) and not noun:
        return f"{previous}{own}"[-MAX_NAME:]
    return f"{own}{noun}"[-MAX_NAME:]


def bare_name(words: str) -> str:
    """``words`` without openers such as 全年共完成 and closers such as 达到.

    >>> bare_name("2020年全年共供应土地")
    '供应土地'
    """
    return _TAIL.sub("", _LEAD.sub("", words.strip()))


def _noun_behind(mention: Mention) -> str:
    """The counted thing behind its measure word: 133个 依法征收项目."""
    match = _NOUN.match(mention.after)
    if match is None:
        return ""
    end = _NOUN_END.search(match[0])
    return match[0][: end.start()] if end else match[0]
