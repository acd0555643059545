"""The annotated reports of the repository as plain samples: their texts, without what people found in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extract.annotation.markup import parse_markup
from extract.lexicons import default_units

ANNOTATIONS = Path(__file__).parents[1] / "annotations"


@cache
def sample_texts() -> dict[str, str]:
    """Name → text of every annotated report."""
    return {
        path.stem: parse_markup(path.read_bytes().decode("utf-8"), name=path.stem, units=default_units()).text
        for path in sorted(ANNOTATIONS.glob("*.ann"))
    }


SMALL_REPORT = """2022年度青桐县水务局部门整体支出绩效自评报告

一、基本情况
局机关编制97人，在职114人。

二、绩效目标
年度目标：新建堤防12公里，群众满意度95%以上，处理投诉5件。

三、完成情况
全年新建堤防12.6公里，完成计划的105%，同比增长4%。办理时限从45个工作日缩短至12个工作日。争取资金8.000.00余万元。

指标	年度指标值	实际完成值	分值	得分
满意度	≥95%	96.5%	10	10
新建堤防（公里）	12	12.6	20	20
"""
