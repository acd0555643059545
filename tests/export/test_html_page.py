"""The report page: everything linked, everything escaped, the text whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from extract.cli import main
from extract.errors import ReadError, UsageError
from extract.export.html.page import HtmlPage, render_page
from extract.records import Extraction, Holds, Severity
from tests.export.pages import HOSTILE, REPORT, Page, extracted, page_of

ALLOWED_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "article", "section", "aside"),
    *("figure", "figcaption", "div", "p", "span", "a", "b", "strong", "h1", "h2", "h3", "dl", "dt", "dd", "ol", "ul"),
    *("li", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "label", "input"),
}


def written(text: str) -> str:
    """``text`` without white space."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("text", [REPORT, HOSTILE], ids=["plain", "hostile"])
def test_every_id_is_unique_and_every_link_stays_on_the_page_and_resolves(text: str) -> None:
    page = page_of(text)
    assert [identity for identity, times in Counter(page.ids).items() if times > 1] == []
    assert len(page.targets) > 50
    assert [target for target in page.targets if not target.startswith("#")] == []
    assert sorted({target[1:] for target in page.targets} - set(page.ids)) == []


def test_each_claim_is_marked_once_by_role_with_the_very_text_it_was_read_from() -> None:
    extraction, page = extracted(), page_of()
    marks = [mark for mark in page.classed("m") if mark.tag == "a" and not mark.is_a("excluded")]
    expected = [(claim.span.of(REPORT), claim.role.value) for claim in extraction.claims]
    in_text_order = sorted(marks, key=lambda mark: int(mark.attributes["id"].rpartition("-c")[2]))
    assert [(mark.text, mark.attributes["class"].split()[1]) for mark in in_text_order] == expected
    assert all(mark.attributes["data-sign"] and mark.attributes["title"] for mark in marks)


def test_marks_never_hold_marks() -> None:
    assert not any(mark.within("m") for mark in page_of().classed("m"))


@pytest.mark.parametrize("text", [REPORT, HOSTILE], ids=["plain", "hostile"])
def test_the_text_is_shown_whole(text: str) -> None:
    source = next(page_of(text).classed("source")).text
    for note in ("表内未归入单元格的文字", *(f"表 {number}" for number in (1, 2))):
        source = source.replace(note, "", 1)
    assert Counter(written(source)) == Counter(written(text.replace("\x07", "␇")))


def test_a_recovered_table_is_rendered_as_rows_and_columns_with_its_claims_marked() -> None:
    page = page_of()
    rows = [row for row in page.elements if row.tag == "tr" and row.within("grid")]
    cells = [[cell.text for cell in page.elements if cell.tag in ("td", "th") and row in cell.parents] for row in rows]
    assert cells == [
        ["三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["苗木成活率", "≥95%", "96.5%", "10", "10"],
        ["封山育林（亩）", "3000", "2800", "20", "20"],
    ]
    marked = [mark.text for mark in page.classed("m") if rows[2] in mark.parents]
    assert marked == ["3000", "2800", "20", "20"]


def test_lines_outside_tables_keep_their_numbers_and_headings_stand_out() -> None:
    page = page_of()
    lines = {e.attributes["data-line"]: e for e in page.elements if e.tag == "p" and "data-line" in e.attributes}
    assert {number: line.text for number, line in lines.items()} == {
        str(number): line
        for number, line in enumerate(REPORT.split("\n"), 1)
        if line.strip() and not line.startswith("\t")
    }
    assert lines["6"].is_a("heading")
    assert not lines["7"].is_a("heading")


def test_the_head_names_title_organisation_year_kind_and_counts() -> None:
    head = next(page_of().classed("title"))
    for words in ("整体支出绩效自评报告", "单位：云溪坪县林务局", "年度：2022", "类型：部门整体支出", "林务.txt"):
        assert words in head.text
    assert re.search(r"◆完成 \d+", head.text)


def test_findings_stand_gravest_first_with_links_to_their_claims_and_back() -> None:
    extraction, page = extracted(), page_of()
    findings = list(page.classed("finding"))
    assert len(findings) == len(extraction.findings) > 1
    ranks = [
        Severity(finding.attributes["class"].split()[1]).rank for finding in findings if not finding.within("same")
    ]
    assert ranks == sorted(ranks, reverse=True)
    for finding in findings:
        identity = finding.attributes["id"]
        to = [e.attributes["href"][1:] for e in page.classed("to") if finding in e.parents]
        assert to, identity
        assert all(page.at(target).is_a("m") for target in to)
        assert f"#{identity}" in page.targets


def test_a_finding_says_what_is_stated_what_follows_and_how() -> None:
    extraction, page = extracted(), page_of()
    for finding in extraction.findings:
        shown = [e.text for e in page.classed("finding") if finding.message in e.text]
        assert shown
        assert all(part in shown[0] for part in (finding.stated, finding.expected, finding.workings))


def test_a_likely_slip_is_said_in_chinese() -> None:
    extraction = extracted()
    finding = replace(extraction.findings[0], slip="612.48元 for 612.48万元")
    page = render_page(replace(extraction, findings=(finding,)))
    assert "612.48万元误作612.48元" in page
    assert " for 612.48" not in page


def test_findings_of_one_cause_stand_under_the_gravest_of_them() -> None:
    extraction = extracted()
    first, second = extraction.findings[:2]
    low = replace(first, severity=Severity.LOW, id="a", issue=None)
    high = replace(second, severity=Severity.HIGH, id="b", issue="a")
    page = Page(render_page(replace(extraction, findings=(low, high))))
    shown = {e.attributes["class"].split()[1]: e for e in page.classed("finding")}
    assert not shown["high"].within("same")
    assert shown["low"].within("same")
    assert shown["high"] in shown["low"].parents


def test_a_pair_names_verdict_ratio_and_reasons_and_leads_to_both_places() -> None:
    page = page_of()
    row = next(e for e in page.elements if e.tag == "tr" and "-p" in e.attributes.get("id", "") and "1320亩" in e.text)
    assert row.is_a("exceeded")
    assert "超过" in row.text
    assert "110.00%" in row.text
    assert "第7行" in row.text
    assert "第10行" in row.text
    places = [page.at(e.attributes["href"][1:]).text for e in page.elements if e.is_a("to") and row in e.parents]
    assert places == ["1200亩", "1320亩"]


def test_each_claim_has_a_card_that_leads_to_what_it_stands_in_and_back() -> None:
    extraction, page = extracted(), page_of()
    cards = list(page.classed("card"))
    assert len(cards) == len(extraction.claims)
    for card in cards:
        links = [e.attributes["href"][1:] for e in page.elements if e.tag == "a" and card in e.parents]
        assert page.at(links[0]).attributes["href"] == f"#{card.attributes['id']}"
    card = next(card for card in cards if "1,320亩" in card.text)
    assert "造林" in card.text
    assert re.search(r"对照 \d", card.text)
    assert re.search(r"完成 \d+%", card.text)


def test_what_was_set_aside_is_folded_and_links_both_ways() -> None:
    extraction, page = extracted(), page_of()
    entries = [e for e in page.elements if re.fullmatch(r"d1-x\d+", e.attributes.get("id", ""))]
    assert len(entries) == len(extraction.excluded) > 0
    for entry in entries:
        assert any(parent.tag == "details" for parent in entry.parents)
        mark = page.at(entry.attributes["href"][1:])
        assert mark.attributes["href"] == f"#{entry.attributes['id']}"
        assert mark.text == next(e for e in page.elements if e.is_a("quote") and entry in e.parents).text


def test_relations_that_hold_are_folded_and_link_both_ways() -> None:
    extraction = extracted()
    held = Holds(rule="R02", claims=extraction.claims[3:5], workings="1320÷1200=110%")
    page = Page(render_page(replace(extraction, holds=(held,))))
    entry = page.at("d1-h1")
    assert any(parent.tag == "details" for parent in entry.parents)
    assert "1320÷1200=110%" in entry.text
    to = [e.attributes["href"] for e in page.classed("to") if entry in e.parents]
    assert to == ["#d1-c4", "#d1-c5"]
    back = [e for e in page.elements if e.attributes.get("href") == "#d1-h1"]
    assert all(any(parent.is_a("card") for parent in e.parents) for e in back)
    assert len(back) == 2


@pytest.mark.parametrize("text", [REPORT, HOSTILE], ids=["plain", "hostile"])
def test_the_page_holds_no_script_no_handler_and_nothing_from_outside(text: str) -> None:
    page = page_of(text)
    assert {element.tag for element in page.elements} <= ALLOWED_TAGS
    names = {name for element in page.elements for name in element.attributes}
    assert not {name for name in names if name.startswith("on")}
    assert not names & {"src", "srcset", "style", "action", "formaction", "srcdoc"}
    policy = next(e.attributes["content"] for e in page.elements if "http-equiv" in e.attributes)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    style = next(e.text for e in page.elements if e.tag == "style")
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_names_and_messages_are_escaped_too() -> None:
    extraction = extracted(HOSTILE, "<svg onload=alert(1)>.txt")
    first = extracted().findings[0]
    bad = '"><img src=x onerror=alert(1)>'
    finding = replace(first, message=bad, stated=bad, expected=bad, workings=bad, slip=bad, claims=(), spans=())
    html = render_page(replace(extraction, findings=(finding,)))
    assert not re.search(r"<(?:img|svg|script)", html)
    assert any(bad in e.text for e in Page(html).classed("message"))


def test_template_signs_in_a_report_are_text() -> None:
    assert any("{{ 7*7 }}" in line.text for line in page_of(HOSTILE).elements if line.tag == "p")


def test_claims_that_overlap_are_linked_though_one_mark_holds() -> None:
    extraction = extracted()
    claim = extraction.claims[3]
    double = replace(claim, id="double")
    page = Page(render_page(replace(extraction, claims=(*extraction.claims, double))))
    assert len(page.ids) == len(set(page.ids))
    assert {target[1:] for target in page.targets} <= set(page.ids)


def test_the_page_is_the_same_each_time() -> None:
    assert render_page(extracted()) == render_page(extracted())


def test_a_document_without_anything_found_says_so() -> None:
    page = page_of("本年度工作总结。\n无数字。\n")
    for words in ("未发现问题。", "未发现目标数字。", "没有未计入的数字。"):
        assert any(words in note.text for note in page.classed("note"))


def test_the_legend_names_every_role_with_its_sign() -> None:
    bar = next(page_of().classed("bar"))
    keys = [e for e in page_of().elements if e.is_a("m") and bar in e.parents]
    assert [key.text for key in keys] == ["目标", "后续计划", "完成", "增减", "基数", "背景", "分值", "未计入"]
    assert len({key.attributes.get("data-sign", "") for key in keys}) == len(keys)


class TestSeveralDocuments:
    def page(self, tmp_path: Path, *documents: Extraction) -> Page:
        with HtmlPage(tmp_path / "out.html") as out:
            for document in documents:
                out.add(document)
            out.add_error("坏.txt", ReadError("bad", zh="<读不出>"))
        return Page((tmp_path / "out.html").read_text(encoding="utf-8"))

    def broken_off(self, path: Path) -> None:
        with HtmlPage(path) as out:
            out.add(extracted())
            raise RuntimeError

    def test_ids_stay_unique_and_the_contents_lead_to_each(self, tmp_path: Path) -> None:
        page = self.page(tmp_path, extracted(), extracted(HOSTILE, "乙.txt"), extracted())
        assert len(page.ids) == len(set(page.ids))
        assert {target[1:] for target in page.targets} <= set(page.ids)
        assert [e.attributes["id"] for e in page.classed("report")] == ["d1", "d2", "d3"]
        assert {"#d1", "#d2", "#d3"} <= set(page.targets)

    def test_what_could_not_be_read_is_listed_with_its_reason(self, tmp_path: Path) -> None:
        unread = self.page(tmp_path, extracted()).at("unread")
        assert "坏.txt" in unread.text
        assert "<读不出>" in unread.text

    def test_a_run_that_breaks_off_leaves_the_old_page(self, tmp_path: Path) -> None:
        path = tmp_path / "out.html"
        path.write_text("old", encoding="utf-8")
        with pytest.raises(RuntimeError):
            self.broken_off(path)
        assert path.read_text(encoding="utf-8") == "old"
        assert [p.name for p in tmp_path.iterdir()] == ["out.html"]

    def test_a_folder_is_no_place_for_a_page(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"give its name with \.html"):
            HtmlPage(tmp_path)


class TestCommand:
    @pytest.fixture
    def report(self, tmp_path: Path) -> Path:
        path = tmp_path / "林务.txt"
        path.write_bytes(REPORT.encode("utf-8"))
        return path

    def test_report_and_run_write_the_same_page(self, report: Path, tmp_path: Path) -> None:
        assert main(["report", str(report), "-o", str(tmp_path / "a.html")]) == 0
        assert main(["run", str(report), "--format", "html", "-o", str(tmp_path / "b.html")]) == 0
        assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()

    def test_an_unreadable_report_is_on_the_page_and_in_the_exit_code(self, report: Path, tmp_path: Path) -> None:
        (tmp_path / "空.txt").write_bytes(b"")
        assert main(["report", str(tmp_path), "-o", str(tmp_path / "out.html")]) == 3
        page = Page((tmp_path / "out.html").read_text(encoding="utf-8"))
        assert "空.txt" in page.at("unread").text
        assert len(list(page.classed("report"))) == 1

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["report", "PATH", "-o", "out.xlsx"], "no other form yet; give -o OUT.html"),
            (["run", "PATH", "--format", "html"], "say which with -o OUT"),
            (["run", "PATH", "--format", "html", "-o", "out.html", "--resume"], "a page is written anew each time"),
            (["report", "PATH", "-o", "nowhere/out.html"], "no such folder"),
        ],
    )
    def test_wrong_usage_is_one_line_and_exit_code_2(
        self,
        arguments: list[str],
        message: str,
        report: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.chdir(report.parent)
        assert main([*(str(report) if word == "PATH" else word for word in arguments), "--lang", "en"]) == 2
        error = capsys.readouterr().err
        assert message in error
        assert error.count("\n") == 1
        assert sorted(path.name for path in report.parent.iterdir()) == [report.name]

    def test_a_report_needs_to_know_where_to(self, report: Path) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["report", str(report)])
        assert ended.value.code == 2
