"""``extract audit``: what a reviewer reads, what is accepted, and comments in a Word copy."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.commands import started
from tests.samples import SMALL_REPORT

WRONG = "排查隐患172处，整改到位148处，整改率96.05%。\n"
FAULTY = f"""2022年度青桐县水务局部门整体支出绩效自评报告

一、完成情况
年初计划培训农户800人次。{WRONG}
三级指标	年度指标值	实际完成值	分值	得分
群众满意度	≥95%	80%	10	10
新建泵站	5座	5座	90	90
"""

WORD_FILE = Path(__file__).parents[1] / "documents/samples/report.docx"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_findings_come_most_severe_first_with_place_and_workings(report: Path) -> None:
    ended = started("audit", report, "--lang", "en")
    out = ended.out.decode()
    assert ended.code == 0
    assert out.index("[high] R06 missed") < out.index("[medium] R02 arithmetic")
    assert "table 1 row 1“群众满意度” line 7" in out
    assert "148处÷172处=86.05%" in out
    assert "85% sure" in out
    assert "[medium] R07 unanswered" in out
    assert "relations checked and right" in out


def test_labels_follow_the_language_and_messages_are_chinese(report: Path) -> None:
    out = started("audit", report, "--lang", "zh").out.decode()
    assert "[重] R06 未达目标" in out
    assert "请说明未完成的原因" in out
    assert "核对无误的关系" in out


def test_the_summary_uses_the_same_words_and_breaks_messages_in_their_own_column(report: Path) -> None:
    out = started("run", report, "--summary", "--lang", "zh").out.decode()
    first = next(line for line in out.splitlines() if "R06" in line)
    assert first.startswith("  R06 重  L7  “群众满意度”")
    below = out.splitlines()[out.splitlines().index(first) + 1]
    assert below.startswith(("  R07 中", " " * 14))
    assert "R06 high" in started("run", report, "--summary", "--lang", "en").out.decode()


@pytest.mark.parametrize("command", ["run", "audit"])
@pytest.mark.parametrize(("bar", "code"), [("high", 1), ("medium", 1), ("low", 1), (None, 0)])
def test_fail_on_tells_by_exit_code(command: str, bar: str | None, code: int, report: Path) -> None:
    assert started(command, report, *(("--fail-on", bar) if bar else ())).code == code


def test_hints_never_count(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("一、完成情况\n全年维修水渠8公里，群众满意度达96%。\n", encoding="utf-8")
    ended = started("audit", path, "--fail-on", "low", "--lang", "en")
    assert (ended.code, "0 findings, 1 hints" in ended.out.decode()) == (0, True)
    assert "hints (questions only" in ended.out.decode()


def test_what_cannot_be_read_wins_over_findings(report: Path, tmp_path: Path) -> None:
    ended = started("audit", report, tmp_path / "none.txt", "--fail-on", "low")
    assert ended.code == 3
    assert "none.txt" in ended.said
    assert "R06" in ended.out.decode()


def test_several_reports_are_added_up(report: Path, tmp_path: Path) -> None:
    (tmp_path / "second.txt").write_text(SMALL_REPORT, encoding="utf-8")
    out = started("audit", tmp_path, "--lang", "en").out.decode()
    assert out.splitlines()[-1].startswith("2 reports: high ")


def test_accepted_findings_stay_accepted_until_their_figures_change(report: Path, tmp_path: Path) -> None:
    file = tmp_path / "accepted.tsv"
    wrote = started("audit", report, "--accept", file, "--accept-all", "已核实，口径不同", "--fail-on", "low")
    again = started("audit", report, "--accept", file, "--fail-on", "low", "--lang", "en")
    assert (wrote.code, again.code) == (0, 0)
    assert "0 findings, 0 hints, 3 accepted" in again.out.decode()
    assert "已核实，口径不同" in again.out.decode()
    report.write_text("前言。\n" + FAULTY, encoding="utf-8")
    assert started("audit", report, "--accept", file, "--fail-on", "low").code == 0
    report.write_text(FAULTY.replace("96.05%", "98.05%"), encoding="utf-8")
    changed = started("audit", report, "--accept", file, "--fail-on", "medium", "--lang", "en")
    assert changed.code == 1
    assert "1 accepted findings are no longer found" in changed.said


def test_accepting_all_says_how_many_are_written_and_where(report: Path, tmp_path: Path) -> None:
    words = ("audit", report, "--accept", tmp_path / "accepted.tsv", "--accept-all", "口径", "--lang", "en")
    assert "accepted.tsv: 3 findings written as accepted, 3 in all" in started(*words).said
    assert "accepted.tsv: 0 findings written as accepted, 3 in all" in started(*words).said


def test_a_line_that_is_deleted_is_accepted_no_longer(report: Path, tmp_path: Path) -> None:
    file = tmp_path / "accepted.tsv"
    started("audit", report, "--accept", file, "--accept-all", "口径")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "R06" not in line), encoding="utf-8")
    out = started("audit", report, "--accept", file, "--lang", "en").out.decode()
    assert "[high] R06" in out
    assert "[medium] R02" not in out
    assert not file.with_name("accepted.tsv.part").exists()


@pytest.mark.parametrize("text", ["R02\treport.txt\n", "\tR02\treport.txt\t96.05%\t96.05%\n"])
def test_a_line_that_says_no_finding_or_no_reason_is_refused(text: str, report: Path, tmp_path: Path) -> None:
    file = tmp_path / "accepted.tsv"
    file.write_text(text, encoding="utf-8")
    ended = started("audit", report, "--accept", file, "--lang", "en")
    assert ended.code == 2
    assert "accepted.tsv:1: give reason, rule, doc, stated, figures" in ended.said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--accept", "none.tsv"), "none.tsv"),
        (("--accept-all", "口径"), "goes with --accept"),
        (("--profile", "atlantis"), "national-department"),
        (("--comments", "out.docx"), "takes one Word report"),
    ],
)
def test_wrong_usage_says_what_to_do(words: tuple[str, ...], said: str, report: Path) -> None:
    ended = started("audit", report, *words)
    assert ended.code == 2
    assert said in ended.said


def test_run_takes_a_profile_and_refuses_one_that_is_none(report: Path) -> None:
    assert started("run", report, "--profile", "national-project").code == 0
    ended = started("run", report, "--profile", "atlantis")
    assert (ended.code, "use one of" in ended.said) == (2, True)


@pytest.fixture
def word_report(tmp_path: Path) -> Path:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("2022年度青桐县水务局部门整体支出绩效自评报告")
    paragraph = document.add_paragraph("一、完成情况。整改率100%的有3处。", style="List Number")
    for words in ("排查隐患172处，整改到位148处，", "整改率", "96.0", "5%", "。"):
        paragraph.add_run(words)
    table = document.add_table(rows=0, cols=5)
    for line in FAULTY.splitlines()[-3:]:
        for cell, text in zip(table.add_row().cells, line.split("\t"), strict=True):
            cell.text = text
    path = tmp_path / "report.docx"
    document.save(path)
    return path


def test_findings_become_comments_around_their_figures(word_report: Path, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    before = word_report.read_bytes()
    ended = started("audit", word_report, "--comments", tmp_path / "out.docx")
    assert ended.code == 0, ended.said
    assert word_report.read_bytes() == before
    assert "out.docx: a copy of report.docx with " in ended.said
    copy = docx.Document(tmp_path / "out.docx")
    comments = {comment.comment_id: comment.text for comment in copy.comments}
    marked = dict(_marked(copy))
    assert set(marked) == set(comments)
    around = {text[1:4]: marked[number] for number, text in comments.items()}
    assert around["R02"] == "96.05%"
    assert around["R06"] == "≥95%"
    assert all("请" in text for text in comments.values())


def _marked(document: object) -> list[tuple[int, str]]:
    """Number of each comment → the words between its range's start and end."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    words: dict[int, str] = {}
    open_now: set[int] = set()
    for element in document.element.body.iter():  # type: ignore[attr-defined]
        if element.tag == f"{w}commentRangeStart":
            open_now.add(int(element.get(f"{w}id")))
        elif element.tag == f"{w}commentRangeEnd":
            open_now.discard(int(element.get(f"{w}id")))
        elif element.tag == f"{w}t":
            for number in open_now:
                words[number] = words.get(number, "") + (element.text or "")
    return sorted(words.items())


def test_comments_do_not_replace_the_report(word_report: Path) -> None:
    ended = started("audit", word_report, "--comments", word_report, "--lang", "en")
    assert (ended.code, "would replace the report" in ended.said) == (2, True)


def test_comments_replace_no_file(word_report: Path, tmp_path: Path) -> None:
    kept = tmp_path / "out.docx"
    kept.write_bytes(b"mine")
    ended = started("audit", word_report, "--comments", kept, "--lang", "en")
    assert (ended.code, "name another file" in ended.said) == (2, True)
    assert kept.read_bytes() == b"mine"


@pytest.mark.system
def test_the_copy_with_comments_opens_in_libreoffice(word_report: Path, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    started("audit", word_report, "--comments", tmp_path / "out.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    words = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "out.docx"),
    ]
    subprocess.run(words, capture_output=True, timeout=180, check=True)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_a_report_cannot_command_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "[red]r.txt"
    path.write_text(
        "青桐县水利局2022年度自评报告\n\x1b[2J计划新建\x1b[31m泵站5座，实际新建3座，全面完成任务。\n", encoding="utf-8"
    )
    for command in (("audit",), ("run", "--summary", "-o", tmp_path / "out.jsonl")):
        ended = started(*command, path)
        assert ended.code == 0
        assert b"\x1b" not in ended.out
        assert "[red]r.txt" in ended.out.decode() + ended.said


def test_comments_are_for_one_word_report_that_lies_by_itself(tmp_path: Path) -> None:
    packed = tmp_path / "reports.zip"
    with ZipFile(packed, "w") as archive:
        archive.write(WORD_FILE, "report.docx")
    for paths in ([packed], [WORD_FILE, WORD_FILE], [packed, WORD_FILE]):
        ended = started("audit", *paths, "--comments", tmp_path / "out.docx")
        assert ended.code == 2
        assert "--comments takes one Word report" in ended.said
    assert not (tmp_path / "out.docx").exists()


def test_a_reason_may_begin_with_a_number_sign(report: Path, tmp_path: Path) -> None:
    accepted = tmp_path / "accepted.tsv"
    started("audit", report, "--accept", accepted, "--accept-all", "# 已核实")
    assert started("audit", report, "--accept", accepted, "--fail-on", "low").code == 0


def test_a_reason_is_no_formula(tmp_path: Path) -> None:
    ended = started("audit", tmp_path / "r.txt", "--accept", tmp_path / "a.tsv", "--accept-all", "=1+1")
    assert (ended.code, (tmp_path / "a.tsv").exists()) == (2, False)
