"""What is made of recognised lines: repaired text, places of characters, tables."""

from __future__ import annotations

import math

import pytest

from extract.documents import guarded
from extract.documents.content import Content
from extract.documents.guarded import limits_of
from extract.documents.misreadings import parse_misreadings, repaired
from extract.documents.pdf import reader
from extract.documents.reading import document_from_bytes
from extract.documents.recognition import Recognised, RecognisedLine, characters_of, recognition_note, turn_of
from extract.documents.sniffing import Format
from extract.documents.wire import answer_of, outcome_of
from extract.errors import LexiconError
from extract.records import Origin
from tests.documents.pdf_files.writer import pdf_of, picture, text_at

HEAD = "read\tmeant\tbefore\tbehind\texample\n"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("(一)项目支出5O.3万元;完成率10O%", "（一）项目支出50.3万元；完成率100%"),
        ("衡财绩〔2023]6号", "衡财绩〔2023〕6号"),
        ("投资1l.5亿元", "投资11.5亿元"),
        ("增加36。5万元", "增加36.5万元"),
        ("其中基本支出(万", "其中基本支出（万"),
        (")", "）"),
    ],
)
def test_what_recognition_misreads_is_put_right(read: str, printed: str) -> None:
    assert repaired(read) == printed


@pytest.mark.parametrize(
    "text", ["GDP(OK)", "No. 5", "1,260万元", "Wi-Fi", "10:30", "第1l组", "3.5;4.2", "完成。2023年"]
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("OO\t0\t\t\tOO → 0", "one character for one"),
        ("O\t0\t[\t\tO → 0", "no regular expression"),
        ("O\t0\t\\d\t\t5O → 5O", "the example becomes '50', not '5O'"),
        ("O\t0\t\\d\t\tl → l", "the example becomes"),
    ],
)
def test_a_bad_row_is_named_with_its_line(row: str, message: str) -> None:
    with pytest.raises(LexiconError, match=rf"misreadings\.tsv:2: .*{message}"):
        parse_misreadings(HEAD + row)


def line(text: str, *, left: float = 100, top: float = 100, step: float = 30, high: float = 37) -> RecognisedLine:
    edges = tuple((left + place * step, left + (place + 1) * step) for place in range(len(text)))
    return RecognisedLine(text, (left, top, edges[-1][1], top + high), edges, 0.9)


def test_characters_say_that_they_were_recognised_and_where() -> None:
    (first, second) = characters_of(Recognised((line("供地"),)), 0.5)
    assert (first.text, first.origin, first.left, first.right) == ("供", Origin.OCR, 50, 65)
    assert second.left == 65
    assert 50 < first.top < first.bottom < 68.5


def test_fonts_of_nearly_one_size_count_as_one() -> None:
    body, other = line("全年完成供地七百六十四宗"), line("全年完成", top=200, high=40)
    title = line("自评报告", top=300, step=60, high=74)
    sizes = {round(each.size, 1) for each in characters_of(Recognised((body, other, title)), 1.0)}
    assert sizes == {30.0, 60.0}


def test_the_gap_behind_the_number_of_a_title_is_a_space() -> None:
    one = line("附表1收支")
    apart = one._replace(edges=(*one.edges[:3], *((left + 25, right + 25) for left, right in one.edges[3:])))
    assert "".join(each.text for each in characters_of(Recognised((apart,)), 1.0)) == "附表1 收支"
    assert "".join(each.text for each in characters_of(Recognised((one,)), 1.0)) == "附表1收支"


@pytest.mark.parametrize(
    ("text", "behind", "read"),
    [("表12023年支出", 2, "表1 2023年支出"), ("第一部分单位概况", 4, "第一部分 单位概况"), ("全年供地", 2, "全年供地")],
)
def test_only_the_gap_behind_a_number_is_one(text: str, behind: int, read: str) -> None:
    one = line(text)
    apart = one._replace(edges=(*one.edges[:behind], *((left + 12, right + 12) for left, right in one.edges[behind:])))
    assert "".join(each.text for each in characters_of(Recognised((apart,)), 1.0)) == read


def test_a_note_tells_pages_and_score() -> None:
    lines = [line("供地"), line("审批")._replace(score=0.8)]
    assert recognition_note("2, 4", lines) == (
        "text recognised in pictures on pages 2, 4, mean score 0.85: check its figures"
    )


def test_scans_are_given_time_and_memory_by_their_pages() -> None:
    usual, scanned = limits_of(Format.PDF), limits_of(Format.PDF, pictures=30)
    assert scanned.seconds - usual.seconds == 30 * guarded.SECONDS_A_PICTURE
    assert scanned.memory > usual.memory


def test_only_pages_that_are_pictures_are_recognised_and_only_then(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def seen(image: object) -> Recognised:
        asked.append(1)
        return Recognised((line("完成治理四十三处"),))

    monkeypatch.setattr(reader, "available_recogniser", lambda: seen)
    written = pdf_of(text_at(90, 700, "全年安排资金500万元，完成投资498万元。"))
    document_from_bytes(written, name="a.pdf", where="a.pdf", guarded=False)
    assert asked == []
    document = document_from_bytes(pdf_of(picture(0, 0, 595, 842)), name="a.pdf", where="a.pdf", guarded=False)
    assert (document.text, asked) == ("完成治理四十三处", [1])
    assert document.notes == ("text recognised in pictures on pages 1, mean score 0.90: check its figures",)


def test_what_waits_to_be_recognised_is_sent_between_processes() -> None:
    content = Content(text="供地", media_type="application/pdf", unread=3)
    assert outcome_of(answer_of(content)) == content


@pytest.mark.parametrize("degrees", [-2.0, 0.0, 1.5])
def test_long_lines_tell_how_a_sheet_lies(degrees: float) -> None:
    def box(left: float, top: float, width: float, turn: float) -> tuple[tuple[float, float], ...]:
        down = width * math.tan(math.radians(turn))
        return ((left, top), (left + width, top + down), (left + width, top + down + 36), (left, top + 36))

    long = [box(200, 100 * n, 900, degrees) for n in range(12)]
    short = [box(200, 50 * n, 60, 0.0) for n in range(80)]
    assert turn_of([*short, *long]) == pytest.approx(degrees, abs=0.01)
    assert turn_of(short) == 0.0
