"""Claims of the narrative find the row of the document's own indicator table that they answer, or none."""

from __future__ import annotations

import pytest

from extract.extraction import extract
from extract.slots.rows import indicator_rows
from tests.samples import sample_texts

HEAD = "三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
TABLE = (
    "新建乡镇污水处理厂\t6座\t6座\t10\t10\n"
    "铺设污水收集管网（公里）\t86\t88.4\t10\t10\n"
    "受益群众人数\t3.2万人\t3.35万人\t10\t10\n"
    "沿线居民满意度\t≥90%\t92%\t10\t10\n"
    "农村垃圾处理率\t≥90%\t95%\t10\t10\n"
)


def row_of(sentence: str, figure: str, table: str = HEAD + TABLE) -> str | None:
    text = f"一、完成情况\n{sentence}\n{table}"
    (claim,) = [c for c in extract(text).claims if c.span.of(text) == figure and c.cell is None]
    return claim.row_slot


@pytest.mark.parametrize(
    ("sentence", "figure", "row"),
    [
        ("全年新建乡镇污水处理厂6座。", "6座", "table 1 row 1"),
        ("全年铺设污水收集管网88.4公里。", "88.4公里", "table 1 row 2"),
        ("全年铺设污水收集管网88.7公里。", "88.7公里", "table 1 row 2"),
        ("沿线居民满意度达到92%。", "92%", "table 1 row 4"),
        ("农村垃圾处理率达到95%。", "95%", "table 1 row 5"),
        ("满意度达到92%。", "92%", "table 1 row 4"),
    ],
)
def test_claim_names_the_row_of_like_name_and_measure(sentence: str, figure: str, row: str) -> None:
    assert row_of(sentence, figure) == row


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("全年新建乡镇污水处理厂投资6万元。", "6万元"),  # money answers no count
        ("全年清理河道垃圾6吨。", "6吨"),  # shares no name
        ("城镇垃圾处理率达到95%。", "95%"),  # 城镇 is not 农村
        ("面积达到88.4公里。", "88.4公里"),  # a name that says nothing
        ("全市满意度达到96%。", "96%"),  # a name that only the same value could place
    ],
)
def test_claim_of_another_measure_names_no_row(sentence: str, figure: str) -> None:
    assert row_of(sentence, figure) is None


def test_two_rows_that_fit_alike_leave_it_open() -> None:
    table = HEAD + "污水处理厂建设数\t6座\t6座\t10\t10\n污水处理厂建设个数\t6座\t6座\t10\t10\n"
    assert row_of("全年完成污水处理厂建设6座。", "6座", table) is None


@pytest.mark.parametrize(
    "table",
    [
        "项目\t年初预算数（万元）\t全年执行数（万元）\n污水处理厂建设\t985.93\t900.10\n",
        "三级指标\t实际完成值\t得分\n新建乡镇污水处理厂\t6座\t10\n",
    ],
)
def test_only_tables_of_targets_and_actuals_have_indicator_rows(table: str) -> None:
    assert indicator_rows(extract(f"一、完成情况\n{table}").claims) == ()


@pytest.mark.parametrize("name", sample_texts())
def test_rows_named_are_rows_of_a_table_and_never_name_themselves(name: str) -> None:
    claims = extract(sample_texts()[name]).claims
    rows = {row.id: row for row in indicator_rows(claims)}
    for claim in claims:
        if claim.row_slot is not None:
            row = rows[claim.row_slot]
            assert claim.id not in {each.id for each in row.claims}
            assert claim.quantity.dimension in {each.quantity.dimension for each in row.claims}
