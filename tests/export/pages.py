"""Reports to render, and a reader that tells what a page holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from extract.export.html.page import render_page
from extract.extraction import extract
from extract.records import Document, Extraction

VOID = frozenset({"meta", "input", "br", "hr", "img", "link"})

REPORT = """2022年度云溪坪县林务局部门整体支出绩效自评报告

一、基本情况
局机关编制36人，在职41人，内设6个股室。

二、绩效目标
年度目标：完成人工造林1200亩，封山育林3000亩，苗木成活率95%以上，处理来信来访12件。

三、完成情况
全年完成人工造林1320亩，完成计划的120%，封山育林2800亩，圆满完成任务。
审批时限从30个工作日缩短至8个工作日，争取资金6.000.00余万元，全年支出86万元。

	三级指标
	年度指标值
	实际完成值
	分值
	得分

	苗木成活率
	≥95%
	96.5%
	10
	10

	封山育林（亩）
	3000
	2800
	20
	20

四、下一步打算
2023年计划造林1500亩。
"""

HOSTILE = """2022年度<script>alert(1)</script>云溪坪县林务局部门整体支出绩效自评报告

二、绩效目标
年度目标：完成"><img src=x onerror=alert(2)>造林1200亩，</p></td></table></main>抚育3000亩。

三、完成情况
全年完成"><img src=x onerror=alert(2)>造林1100亩，
{{ 7*7 }}抚育<b onclick="alert(3)">3300亩</b>，&lt;成活率95%&amp;\x07。

	<style>*{display:none}</style>指标	年度指标值	实际完成值
	'onfocus='alert(4)	12件	13件
	</a><a href="javascript:alert(5)">种苗	5件	4件
"""


@dataclass
class Element:
    """One element of a page: its name and attributes, and the text in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    parents: tuple[Element, ...] = field(default=(), repr=False)

    def is_a(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()

    def within(self, name: str) -> bool:
        return any(parent.is_a(name) for parent in self.parents)


class Page(HTMLParser):
    """The elements of a page in order, strictly nested."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        element = Element(tag, {name: value or "" for name, value in attrs}, parents=tuple(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def classed(self, name: str) -> Iterator[Element]:
        return (element for element in self.elements if element.is_a(name))

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    @property
    def targets(self) -> list[str]:
        return [element.attributes["href"] for element in self.elements if "href" in element.attributes]

    def at(self, identity: str) -> Element:
        return next(element for element in self.elements if element.attributes.get("id") == identity)


def extracted(text: str = REPORT, name: str = "林务.txt") -> Extraction:
    from extract.documents.reading import document_from_bytes

    document: Document = document_from_bytes(text.encode("utf-8"), name=name, where=name)
    return extract(document)


@cache
def page_of(text: str = REPORT, name: str = "林务.txt") -> Page:
    return Page(render_page(extracted(text, name)))
