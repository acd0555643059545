"""Four small annotated reports in two batches, each batch with a layout of its own."""

from __future__ import annotations

from pathlib import Path

_PROSE = """sector: 水利
layout: prose
batch: {batch}
--- text
2022年度{place}水务局整体支出绩效自评报告
一、绩效目标
年度目标：新建堤防{{{dyke}公里|target other #t1}}，群众满意度{{95%以上|target satisfaction #t2}}。
年度改造泵站{{{pump}座|target other #t3}}。
二、完成情况
局机关编制{{97人|context staff}}。
全年新建堤防{{{dyke}.6公里|actual other #a1}}，同比增长{{4%|change other}}。
群众满意度达到{{96.5%|actual satisfaction #a2}}。
泵站改造尚未全部完成。
--- pairs
t1 <- a1 exceeded
t2 <- a2 exceeded
t3 in_words
"""
_TABLE = """sector: 交通
layout: tab rows
batch: {batch}
--- text
2022年度{place}交通运输局整体支出绩效自评报告
年初预算{{{money}万元|target budget.expenditure #t0}}，实际支出{{80万元|actual budget.expenditure #a0}}。
三级指标	年度指标值	实际完成值	分值	得分
新改建公路	{{{road}公里|target other #t1}}	{{{road}公里|actual other #a1}}	{{20|{marks}}}	{{20|{marks}}}
群众满意度	{{90%|target satisfaction #t2}}	{{88%|actual satisfaction #a2}}	{{10|{marks}}}	{{8|{marks}}}
--- pairs
t0 <- a0 budget
t1 <- a1 met
t2 <- a2 missed
"""
_MARKS = "score evaluation.score unit=分@header"
REPORTS = {
    "qinghe-water-2022": _PROSE.format(batch="A", place="清禾县", dyke=12, pump=3),
    "baisha-water-2022": _PROSE.format(batch="A", place="柏砂县", dyke=7, pump=5),
    "yunqiao-roads-2022": _TABLE.format(batch="B", place="云桥县", money=100, road=31, marks=_MARKS),
    "linhu-roads-2022": _TABLE.format(batch="B", place="临湖县", money=90, road=26, marks=_MARKS),
}


def write_reports(folder: Path, reports: dict[str, str]) -> Path:
    folder.mkdir(parents=True)
    for name, source in reports.items():
        (folder / f"{name}.ann").write_text(source, encoding="utf-8")
    return folder
