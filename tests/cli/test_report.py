"""``extract report``: the page that a reviewer hands in."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import started
from tests.samples import SMALL_REPORT


def test_report_is_one_page(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(SMALL_REPORT, encoding="utf-8")
    ended = started("report", tmp_path / "r.txt", "-o", tmp_path / "page.html")
    assert ended.code == 0, ended.said
    assert "青桐县水务局" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_report_of_another_form_is_refused(tmp_path: Path) -> None:
    ended = started("report", tmp_path, "-o", tmp_path / "page.docx")
    assert ended.code == 2
    assert "give -o OUT.html" in ended.said


def test_a_report_takes_a_profile_and_refuses_one_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(SMALL_REPORT, encoding="utf-8")
    page = ("report", tmp_path / "r.txt", "-o", tmp_path / "page.html")
    assert started(*page, "--profile", "hunan").code == 0
    ended = started(*page, "--profile", "atlantis")
    assert (ended.code, "use one of" in ended.said) == (2, True)


def test_what_has_no_pages_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(SMALL_REPORT, encoding="utf-8")
    page = ("report", tmp_path / "r.txt", "-o", tmp_path / "page.html")
    said = started(*page, "--pages", "--lang", "zh").said
    assert said.count("extract: r.txt：不是 PDF，--pages 没有页面可附\n") == 1
    assert "PDF" not in started(*page, "--lang", "zh").said
