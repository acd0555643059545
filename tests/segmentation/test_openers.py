"""Sections that no list number opens: bare titles, outline numbers, labels in brackets and inside paragraphs."""

from __future__ import annotations

import pytest

from extract.records import Document, SegmentKind
from extract.segmentation import segment_document
from tests.segmentation.test_segments import section_of, segment_of, segmented

BARE = """清溪县2021年泵站改造项目自评情况

项目背景
清溪县沿河泵站建成年代早，设备老化，灌区群众反映强烈。

绩效目标
全年计划改造泵站12座，更换机组31台，灌溉保证率不低于85%。

实施结果
全年改造泵站13座，更换机组32台，灌溉保证率达到86%。

不足与改进
个别泵站配电线路没有同步更换，汛前要补齐。
"""


@pytest.mark.parametrize(
    ("words", "section"), [("12座", ("绩效目标",)), ("13座", ("实施结果",)), ("配电线路", ("不足与改进",))]
)
def test_bare_title_above_prose_opens_a_section(words: str, section: tuple[str, ...]) -> None:
    assert section_of(BARE, words) == section


def test_bare_title_of_unknown_words_counts_where_others_are_known() -> None:
    assert section_of(BARE, "灌区群众") == ("项目背景",)
    assert section_of("项目背景\n\n清溪县沿河泵站建成年代早，设备老化，群众反映强烈。\n", "设备老化") == ()


@pytest.mark.parametrize(
    "title", ["2021年度项目支出绩效目标自评表", "绩效目标申报单位", "绩效目标12项", "绩效目标，实施情况"]
)
def test_names_of_forms_and_lines_with_figures_are_no_bare_titles(title: str) -> None:
    text = f"清溪县报告\n\n{title}\n全年计划改造泵站12座，更换机组31台，灌溉保证率不低于85%。\n"
    assert section_of(text, "12座") == ()


def test_list_below_a_bare_title_lies_inside_it_until_the_next_title() -> None:
    text = BARE.replace("全年计划改造", "年初由县局批复，共分两项安排如下。\n1、泵站。改造").replace(
        "，更换机组31台", "。\n2、机组。更换31台"
    )
    assert section_of(text, "12座") == ("绩效目标", "泵站")
    assert section_of(text, "31台") == ("绩效目标", "机组")
    assert section_of(text, "13座") == ("实施结果",)


def test_number_of_the_outer_list_closes_a_bare_title() -> None:
    goals = "绩效目标\n全年计划改造泵站12座，更换机组31台，投资不突破概算。\n"
    text = f"一、概况\n全局管理泵站40座，分布在三个灌区和五个乡镇。\n\n{goals}二、结果\n改造13座。\n"
    assert section_of(text, "12座") == ("概况", "绩效目标")
    assert section_of(text, "13座") == ("结果",)


OUTLINE = """1  年度目标
1.1  建设。改造泵站12座，更换机组31台。
1.2 管护。管护渠道210公里。
2 完成情况
2.1  建设。改造泵站13座。
2.2  管护。管护渠道
3.6公里以上的支渠都已落实。
3 2023年安排
改造泵站8座。
"""


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("12座", ("年度目标", "建设")),
        ("210公里", ("年度目标", "管护")),
        ("13座", ("完成情况", "建设")),
        ("支渠", ("完成情况", "管护")),
        ("8座", ("2023年安排",)),
    ],
)
def test_outline_numbers_make_a_tree(words: str, section: tuple[str, ...]) -> None:
    assert section_of(OUTLINE, words) == section


def test_outline_number_is_a_segment_of_its_own_so_that_no_word_becomes_its_unit() -> None:
    document = segmented(OUTLINE)
    headings = [s.span.of(OUTLINE) for s in document.segments if s.kind is SegmentKind.HEADING]
    assert {"1.2", "2", "2.1"} <= set(headings)


@pytest.mark.parametrize(
    "text", ["完成情况\n2.6个断面达标。\n", "5 全年改造泵站。\n", "1.2 公里\n", "3.2万亩\n3.3万亩\n"]
)
def test_amounts_at_the_beginning_of_a_line_are_no_outline_numbers(text: str) -> None:
    assert all(segment.kind is not SegmentKind.HEADING for segment in segmented(text).segments)


def test_labels_in_brackets_hold_until_the_next() -> None:
    text = "一、工程股\n【目标】改造泵站12座。\n【实绩】改造泵站13座。\n二、管理股\n管护渠道9公里。\n"
    assert section_of(text, "12座") == ("工程股", "目标")
    assert section_of(text, "13座") == ("工程股", "实绩")
    assert section_of(text, "9公里") == ("管理股",)


def test_label_inside_a_paragraph_ends_with_its_sentence() -> None:
    text = "用水用电。年度任务：用电量控制在90万度；用水量控制在8万吨。全年用电86万度。\n"
    assert section_of(text, "90万度") == section_of(text, "8万吨") == ("年度任务",)
    assert section_of(text, "86万度") == ()


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("2023年拟改造泵站8座。", "2023年"),
        ("下一步，改造泵站8座。", "下一步"),
        ("明年再改造8座泵站。", "明年"),
        ("2022年改造8座泵站。", None),
        ("2023年3月抽查8座泵站。", None),
    ],
)
def test_sentence_about_a_later_year_opens_a_section_to_the_end_of_its_paragraph(
    sentence: str, label: str | None
) -> None:
    text = f"全年改造泵站13座。{sentence}机组更换20台。\n渠道管护9公里。\n"
    document = segment_document(Document(name="r.txt", text=text, year="2022"))
    expected = () if label is None else (label,)
    assert segment_of(document, "8座").section == segment_of(document, "20台").section == expected
    assert segment_of(document, "13座").section == segment_of(document, "9公里").section == ()


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("● 年初绩效目标", ("年初绩效目标", "守住底线")),
        ("■一季度：开局平稳", ("一季度：开局平稳", "守住底线")),
        ("● 全年新建泵站12座", ("守住底线",)),
        ("● 各项工作按期完成。", ("守住底线",)),
    ],
)
def test_short_line_behind_a_bullet_is_a_title(line: str, title: tuple[str, ...]) -> None:
    text = f"某局自评材料\n\n{line}\n1、守住底线：新建泵站12座，整治病险山塘9口。\n"
    *_, segment = segment_document(Document(name="text", text=text)).segments
    assert segment.section == title
