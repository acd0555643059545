"""The words that name what a figure measures: 新建公路里程, 三公经费控制率."""

from __future__ import annotations

import re

from extract.claims.mentions import Mention
from extract.offsets import folded
from extract.records import Cell

_LEAD = re.compile(
    r"^(?:[\s(（,，、:：“”\".。；;]|\d{1,2}月(?:份|底|末|初|中旬)?|(?:报|报经|经)[^，。；]{0,14}(?:同意|批准|批复|核准|会议)|[县市省区乡镇]\w{0,8}(?:发文|函告)|请示后?|其中|分别为?|以及|及|和|与|并|同时|另外?|还|也|均|各|共|累计|共计|全年|本年度?|今年|当年|年内|年末|年初|年度|上年|去年|"
    r"(?:19|20)\d\d年?(?:度)?(?:以来|末|底|初)?|截至|截止|一是|二是|三是|四是|五是|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|"
    r"已经?|共同|先后|成功|顺利|全面|积极|大力|切实|我[局县区市委办乡镇省校院]|全[市县区省局乡镇系统校院]|"
    r"实际|计划|拟|力争|确保|争取|预计|应|将|完成|实现|达到|开展|组织|做好|推进|的|了|仅|是|为|占|从|由|比|较|高于|低于|优于|超过|不低于)+"
)
_TAIL = re.compile(
    r"(?:[\s(（,，、:：“”\"≥≤><]|为|是|达到?|有|共计?|约|近|超过?|突破|均|分别|至少|不低于|不少于|不超过|控制在|到|至|的|了|在|"
    r"(?:增|降|减|提|升|压|缩|精简|发展|恢复)[一-鿿]{0,2}(?:至|到|为)|提高|提升|增加|减少|下降|降低|压缩|缩短|增长|同比|环比|"
    r"完成|实现|任务数?|目标值?|计划数?|预算数?|年初|年度|要求|省厅|省定|市定|实际|原定|高于|低于|优于|仅|占|由|从|原来|"
    r"(?:调整|下调|上调|调减|调增|核减|压减|改|调)(?:为|成|到|至)|(?<!考核)标准|不得|设定|定|列|提出|须|应|可|得)+$"
)
_GENERIC = re.compile(
    r"^(?:.{0,2}面积|.{0,2}金额|资金|总?投资|长度|数量|人数|宗数|个数|其他|比例|占比|.{0,4}率|.{0,2}支出|收入|开支|花费|.{0,2}投入|竣工|开工|新开工|办结|整改|完工|销号|"
    r"建成|到岗|到位|发放|拨付|认定|取缔|惠及|参与|节约|合格|达标|结果|执行数|使用|上线|问卷结果|项目|工作|业务|问题|情况|事项|指标|标准|考核标准|.|)$"
)
_NOUN = re.compile(r"^(?:[一-鿿A-Za-z“”\"]|[(（][一-鿿A-Za-z]{1,8}[)）]){1,16}")
_NOUN_END = re.compile(
    r"(?:已|全部|均|完成|进行|得到|的|、|，|。|；|注销|任务|签订|实现|通过|开展|等|考核|以上|以下|左右)"
)
_FEW = 2  #: characters around a cell's figure that are no name: 前5名, 降4.75%
_CLAUSE = re.compile(r"[，,；;:：]")
_RATE = re.compile(r"[一-鿿]{2}率$")
_TITLE = re.compile(r"^[一-鿿A-Za-z]{2,16}(?=[(,，:：]|$)")
MAX_NAME = 24


def indicator_of(mention: Mention, previous: str) -> str:
    """The name of what is measured: of its row in a table, else of the words around it.

    ``previous`` is the name of the mention before it in the same sentence, which a bare 面积 or nothing goes on from.
    """
    cell = mention.segment.cell
    if cell is not None and _is_bare(mention):
        return name_in_table(cell)
    own = bare_name(mention.name)
    noun = _noun_behind(mention)
    if is_generic(own) and not noun:
        return (_joined(previous, own) or _title(mention) or _opening(mention))[-MAX_NAME:]
    return f"{own}{noun}"[-MAX_NAME:]


def name_in_table(cell: Cell) -> str:
    """What names the figure of a cell: its row, or its column where the row names only the unit that reports."""
    in_row, in_column = (title.rsplit(" ", 1)[-1] for title in (cell.row_header, cell.column_header))
    return in_column if cell.organisation and in_column else in_row or cell.column_header


def _joined(previous: str, own: str) -> str:
    """A name that goes on from the one before it, one rate standing for another: 签约项目开工率, 投产率."""
    return f"{_RATE.sub('', previous)}{own}" if own.endswith("率") else f"{previous}{own}"


def _title(mention: Mention) -> str:
    """What the title of a list item names, where its sentence names nothing: 招生（5分）。目标1200人."""
    if not mention.segment.section:
        return ""
    title = _TITLE.match(folded(mention.segment.section[-1]))
    return title[0] if title and mention.segment.cell is None else ""


def _opening(mention: Mention) -> str:
    """What its sentence begins with, where the words right before a figure name nothing: 管网受阻，调整为18公里."""
    return bare_name(_CLAUSE.split(mention.before, maxsplit=1)[0])


def _is_bare(mention: Mention) -> bool:
    """Whether a figure of a cell has no name of its own there: ≥90, 不低于 95%, 前5名."""
    around = mention.before.strip() + mention.rest.strip()
    return len(around) < _FEW or (mention.alone and len(bare_name(mention.before)) < _FEW)


def is_generic(name: str) -> bool:
    """Whether a name says nothing of what is measured without the one before it: 面积, 办结率, 支出."""
    return _GENERIC.match(name) is not None


def bare_name(words: str) -> str:
    """``words`` without openers such as 全年共完成 and closers such as 达到.

    >>> bare_name("2020年全年共供应土地")
    '供应土地'
    """
    return _TAIL.sub("", _LEAD.sub("", words.strip()))


def _noun_behind(mention: Mention) -> str:
    """The counted thing behind its measure word: 25个 技改项目."""
    match = _NOUN.match(mention.after)
    if match is None:
        return ""
    end = _NOUN_END.search(match[0])
    return match[0][: end.start()] if end else match[0]
