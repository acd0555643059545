"""A report with prose, a table and a fault, and pipelines over it."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import extract.components  # noqa: F401 (registers the factories; an installed package does it by its entry points)

REPORT = """2022年度青桐县水务局部门整体支出绩效自评报告
一、绩效目标
2022年计划完成河道治理12公里，新建提水站3座，群众满意度达到90%以上。
二、完成情况
全年完成河道治理12.6公里，新建提水站2座。年初预算1,200万元，实际支出1,080万元，执行率95%。
指标名称\t年度指标值\t实际完成值\t分值\t得分
新建提水站（座）\t3\t2\t10\t10
群众满意度\t≥90%\t92.5%\t10\t10
三、下一步打算
明年计划治理河道15公里。
"""


@pytest.fixture
def report() -> str:
    return REPORT


@pytest.fixture
def claims_nlp() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("extract_claims")
    return nlp


@pytest.fixture
def quantities_nlp() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("extract_quantities")
    return nlp
