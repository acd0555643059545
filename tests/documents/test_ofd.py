"""OFD: reading order, places on the page, and tables that lines draw."""

from __future__ import annotations

import pytest

from extract.documents.reading import document_from_bytes
from extract.offsets import CharSpan, joined
from extract.records import Document
from tests.documents.ofd_builder import line, ofd, words

MM = 72 / 25.4


def read(data: bytes) -> Document:
    return document_from_bytes(data, name="a.ofd", where="a.ofd", guarded=False)


def test_lines_come_from_top_to_bottom_whatever_their_order_in_the_file() -> None:
    page = words("全年供地764宗。", 20, 60) + words("一、完成情况", 20, 40)
    document = read(ofd(page, words("二、存在问题", 20, 40)))
    assert document.text == "一、完成情况\n全年供地764宗。\n二、存在问题"
    assert (document.pages, document.media_type, document.grids) == (2, "application/ofd", ())


def test_a_figure_has_its_page_and_box() -> None:
    document = read(ofd("", words("供地764宗", 20, 60)))
    place = document.place_of(CharSpan(2, 5))
    assert place.page == 2
    assert place.box is not None
    left, top, right, bottom = place.box
    assert (left, right) == pytest.approx((30 * MM, (40 + 3.025) * MM), abs=0.02)
    assert 60 * MM < top < 65 * MM < bottom < 67 * MM


@pytest.mark.parametrize("deltas", ["g 6 5", "5 5 5 5 5 5", "5 g 4 5 5", "", "g 99999999999 5", "x y"])
def test_steps_between_characters_are_read_in_every_form(deltas: str) -> None:
    assert read(ofd(words("全年供地764", 20, 40, deltas=deltas))).text == "全年供地764"


def test_a_line_that_fills_the_page_goes_on_in_the_next() -> None:
    full = "全年完成供地七百六十四宗，比上年增加二十一宗，其中工业用地面积三千"  # 34 characters of 5 mm
    page = words(full, 20, 40) + words("一百八十五公顷。", 20, 48)
    assert read(ofd(page)).text == f"{full}一百八十五公顷。"


def test_page_numbers_and_what_is_printed_twice_are_left_out() -> None:
    page = words("供地764宗", 20, 60) * 2 + words("— 3 —", 100, 285)
    assert read(ofd(page)).text == "供地764宗"


def test_templates_and_blocks_are_read() -> None:
    inner = f"<ofd:PageBlock>{words('供地764宗', 20, 60)}</ofd:PageBlock>"
    assert read(ofd(inner, template=words("自评报告", 80, 20))).text == "自评报告\n供地764宗"


def test_a_matrix_moves_and_scales() -> None:
    document = read(ofd(words("供地", 20, 60, more='CTM="2 0 0 2 10 0"')))
    box = document.place_of(CharSpan(0, 2)).box
    assert box is not None
    assert (box[0], box[2]) == pytest.approx((30 * MM, 50 * MM), abs=0.1)


def test_a_ruled_table_keeps_its_cells_and_merges() -> None:
    xs, ys = (20, 60, 100, 140), (40, 50, 60)
    level = "".join(line(20, y, 140, y) for y in (40, 60)) + line(60, 50, 140, 50)  # the first column is merged
    upright = "".join(line(x, 40, x, 60) for x in xs)
    cells = words("满意度", 22, 45) + words("目标95%", 62, 41) + words("实际96%", 102, 41) + words("完成", 62, 51)
    document = read(ofd(words("表一", 20, 25) + level + upright + cells + words("注", 20, 80)))
    assert document.grids is not None
    (grid,) = document.grids
    shown = [[joined(document.text, cell) if cell else "" for cell in row] for row in grid.rows]
    assert shown == [["满意度", "目标95%", "实际96%"], ["满意度", "完成", ""]]
    assert grid.caption == "表一"
    assert document.text.endswith("注")
    assert len(ys) == len(shown) + 1


def test_a_table_goes_on_on_the_next_page() -> None:
    def page(text: str) -> str:
        lines = "".join(line(20, y, 140, y) for y in (40, 50)) + "".join(line(x, 40, x, 50) for x in (20, 80, 140))
        return lines + words(text, 22, 41)

    document = read(ofd(page("目标"), page("实际")))
    assert document.grids is not None
    assert [len(grid.rows) for grid in document.grids] == [2]


def test_wide_gaps_part_words_and_rows_of_them_are_a_table() -> None:
    assert read(ofd(words("供地", 20, 40) + words("764", 80, 40))).text == "供地  764"
    rows = (("指标", "目标", "实际"), ("供地", "700", "764"), ("审批", "95%", "96%"))
    page = "".join(words(text, 20 + 50 * n, 40 + 8 * m) for m, row in enumerate(rows) for n, text in enumerate(row))
    document = read(ofd(page))
    assert document.text == "指标\t目标\t实际\n供地\t700\t764\n审批\t95%\t96%\n"
    assert document.grids is not None
    assert [len(grid.rows) for grid in document.grids] == [3]


def test_headers_that_repeat_are_left_out() -> None:
    pages = [words("某局自评报告", 80, 10) + words(f"第{n}项供地764宗。", 20, 40) for n in "一二三"]
    assert read(ofd(*pages)).text == "第一项供地764宗。\n第二项供地764宗。\n第三项供地764宗。"
