"""The reports that are right, the faults planted in them, and how it is told whether a fault was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from mutating import blind, detecting, lacking
from mutating.detecting import is_found_by, spans_of
from mutating.faults import Edit, Fault, place
from mutating.formulas import FormulaError, Printed, can_hold, holds_as_printed, printed
from mutating.operators import OPERATORS, planted
from mutating.reading import Said, findings_of

from extract.annotation.related import (
    PrintedNumber,
    RelatedReport,
    ToldRelation,
    read_related_report,
    read_related_reports,
)
from extract.errors import RelatedError

HERE = Path(__file__).parent
ANNOTATIONS = HERE.parents[1] / "annotations"
REPORTS = read_related_reports(HERE / "clean_reports")
FRESH = read_related_reports(HERE / "fresh_reports")
LATER = [report for name in ("unseen", "later", "further") for report in read_related_reports(HERE / f"{name}_reports")]
CASES = [c for name in ("blind", "unseen", "later", "further") for c in blind.read_cases(HERE / f"{name}_faults")]
BY_NAME = {report.name: report for report in (*REPORTS, *FRESH, *LATER)}
FAULTS = [fault for report in REPORTS for fault in planted(report)]
FRESH_FAULTS = [fault for report in (*FRESH, *LATER) for fault in planted(report)]

SHARED = 15  #: characters in a row that no two reports may share
TITLE = re.compile(r"年度.*(?:绩效|自评)")

SMALL = "全年支出60.50万元，其中人员30.20万元，公用10.10万元，项目20.20万元。\n"
TABLE = "指标\t目标\t完成\t分值\t得分\n绿化\t≥40公顷\t42.5公顷\t10\t10\n支出\t60.50\n"


def _holds(relation: ToldRelation) -> bool:
    return holds_as_printed(relation.formula, [printed(figure) for figure in relation.figures])


def report_of(text: str, *relations: tuple[str, str, str], folder: Path) -> RelatedReport:
    path = folder / "own.txt"
    path.write_bytes(text.encode())
    lines = "".join("\t".join(relation) + "\n" for relation in relations)
    path.with_name("own.relations.tsv").write_text(f"# kind\tformula\tfigures\n{lines}", encoding="utf-8")
    return read_related_report(path)


@pytest.fixture
def small(tmp_path: Path) -> RelatedReport:
    return report_of(SMALL, ("total", "a+b+c=d", "30.20@1 10.10@1 20.20@1 60.50@1"), folder=tmp_path)


def said(*spans: tuple[int, int], type: str = "arithmetic", **words: str) -> Said:  # noqa: A002
    told = {"rule": "R01", "severity": "high", "stated": "", "expected": "", "slip": "", "message": "", **words}
    return Said(type=type, spans=spans, **told)


class TestFormulas:
    @pytest.mark.parametrize(
        ("formula", "digits", "holds", "possible"),
        [
            ("a+b=c", ["1.20", "2.30", "3.50"], True, True),
            ("a+b=c", ["1.20", "2.30", "3.51"], False, True),  # of rounded parts
            ("a+b=c", ["1.20", "2.30", "3.60"], False, False),
            ("a/b=c%", ["1", "3", "33.33"], True, True),
            ("a/b=c%", ["2", "3", "66.66"], True, True),  # cut off
            ("a/b=c%", ["2", "3", "66.67"], True, True),
            ("a/b=c%", ["200.0", "300.0", "66.9"], False, False),
            ("(a-b)/b=c%", ["120.00", "100.00", "20.00"], True, True),
            ("(a-b)/b=c%", ["120.00", "100.00", "16.67"], False, False),
            ("a*10000/15=b", ["1,234", "822,667"], True, True),
            ("a>=b;c=d", ["96", "95", "10", "10"], True, True),
            ("a>=b;c=d", ["93", "95", "10", "10"], False, False),
            ("a>=b;c=d", ["96", "95", "9", "10"], False, True),
            ("a/b=c", ["5", "0", "1"], False, False),
        ],
    )
    def test_printed_figures_hold_or_can(self, formula: str, digits: list[str], holds: bool, possible: bool) -> None:
        figures = [Printed(each) for each in digits]
        assert holds_as_printed(formula, figures) is holds
        assert can_hold(formula, figures) is possible

    def test_counted_figures_are_not_rounded(self) -> None:
        parts = [Printed("31", exact=True), Printed("12", exact=True)]
        assert not can_hold("a+b=c", [*parts, Printed("44", exact=True)])
        assert can_hold("a+b=c", [Printed("31"), Printed("12"), Printed("44")])

    @pytest.mark.parametrize("formula", ["a+b", "a+=b", "a+z=b", "f(a)=b"])
    def test_unreadable_formulas_are_named(self, formula: str) -> None:
        with pytest.raises(FormulaError, match=r"condition|read|names no figure"):
            holds_as_printed(formula, [Printed("1"), Printed("2")])


class TestReports:
    def test_nth_number_is_counted_whole(self, tmp_path: Path) -> None:
        report = report_of("2012年12处，又12处", ("restated", "a=b", "12@1! 12@2!"), folder=tmp_path)
        assert [figure.place for figure in report.relations[0].figures] == [(5, 7), (10, 12)]

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            (("total", "a=b", "1.5@2 1.5@1"), "the text prints 1.5 1 times"),
            (("total", "a=b", "1.5"), "is no figure"),
            (("total", "a=b"), "2 columns"),
        ],
    )
    def test_lines_that_do_not_fit_are_named(self, line: tuple[str, ...], words: str, tmp_path: Path) -> None:
        with pytest.raises(RelatedError, match=rf"own.relations.tsv:2.*{words}"):
            report_of("共1.5万元", line, folder=tmp_path)  # type: ignore[arg-type]


class TestCleanReports:
    def test_there_are_enough(self) -> None:
        assert len(REPORTS) == 24
        assert (len(FRESH), len(LATER)) == (22, 32)
        assert len(BY_NAME) == 78

    @pytest.mark.parametrize("name", sorted(BY_NAME))
    def test_every_relation_holds(self, name: str) -> None:
        broken = [
            one
            for one in BY_NAME[name].relations
            if not holds_as_printed(one.formula, [printed(figure) for figure in one.figures])
        ]
        assert not broken

    @pytest.mark.parametrize("name", sorted(BY_NAME))
    def test_length_and_relations(self, name: str) -> None:
        report = BY_NAME[name]
        assert 900 <= len(report.text) <= 5000
        assert sum(relation.kind != "restated" for relation in report.relations) >= 25

    def test_no_words_are_shared(self) -> None:
        """Nor with the annotated samples; titles and the labels of forms, which are short, apart."""
        annotated = [
            re.sub(r"\{([^{}|]*)\|[^{}]*\}", r"\1", path.read_text(encoding="utf-8"))
            for path in ANNOTATIONS.rglob("*.ann")
        ]
        known: set[str] = set().union(*map(_runs, annotated))
        for text in [*(report.text for report in BY_NAME.values()), *(case.text for case in CASES)]:
            own = _runs(text)
            assert not own & known
            known |= own


def _runs(text: str) -> set[str]:
    pieces = [piece for piece in re.split(r"[\n\t|｜]|\s{2,}", text) if not TITLE.search(piece[:40])]
    return {piece[at : at + SHARED] for piece in pieces for at in range(len(piece) - SHARED + 1)}


class TestOperators:
    def test_there_are_enough_and_the_same_in_every_run(self) -> None:
        assert len(FAULTS) >= 2000
        assert len(FRESH_FAULTS) >= 1000
        assert {fault.kind for fault in FAULTS} == {fault.kind for fault in FRESH_FAULTS} == set(OPERATORS)
        assert planted(REPORTS[0]) == [fault for fault in FAULTS if fault.report == REPORTS[0].name]

    def test_each_changes_its_place_alone(self) -> None:
        for fault in (*FAULTS, *FRESH_FAULTS):
            text = BY_NAME[fault.report].text
            edit = fault.edit
            changed = edit.applied(text)
            assert changed != text
            assert text[edit.start : edit.end] == fault.right
            assert changed[: edit.start] + fault.right + changed[edit.start + len(edit.wrong) :] == text

    def test_what_is_provable_breaks_a_relation_or_is_seen_in_itself(self) -> None:
        evident = {"doubled unit", "bound"}
        assert all(fault.broken or fault.kind in evident for fault in (*FAULTS, *FRESH_FAULTS) if fault.provable)

    @pytest.mark.parametrize(
        ("kind", "wrongs"),
        [
            ("digit", r"\d+\.\d\d"),
            ("point", r"\d\.\d{3}|\d{3}\.\d"),
            ("unit", r"\d\d\.\d\d元"),
            ("doubled unit", r"\d\d\.\d\d万元万元"),
            ("total", r"\d+\.\d\d"),
        ],
    )
    def test_kinds(self, small: RelatedReport, kind: str, wrongs: str) -> None:
        faults = planted(small, kinds=(kind,))
        assert faults
        assert all(re.fullmatch(wrongs, fault.edit.wrong) and fault.provable for fault in faults)

    def test_dropped_part_takes_its_words_along(self, small: RelatedReport) -> None:
        texts = {fault.edit.applied(SMALL) for fault in planted(small, kinds=("part dropped",))}
        assert "全年支出60.50万元，其中人员30.20万元，项目20.20万元。\n" in texts

    def test_table_faults(self, tmp_path: Path) -> None:
        report = report_of(TABLE, ("met", "a>=b;c=d", "42.5@1 40@1! 10@2! 10@1!"), folder=tmp_path)
        faults = {fault.kind: fault.edit.applied(TABLE).splitlines()[1] for fault in planted(report)}
        assert faults["orphaned"] == "绿化\t≥40公顷\t\t10\t10"
        assert faults["bound"] == "绿化\t≥40公顷\t≥40公顷\t10\t10"
        assert float(faults["short"].split("\t")[2].removesuffix("公顷")) < 40

    @pytest.mark.parametrize(
        ("words", "relations", "doubt"),
        [
            ("目标修堤40公里，实修42公里，群众满意。", (), ""),
            ("目标修堤40公里，实修42公里，高于目标。", (), "said to be met"),
            ("目标修堤40公里，实修42公里，得10分。", (), "full marks"),
            ("目标修堤40公里，实修42公里，为目标的105%。", ("completion\ta/b=c%\t42@1 40@1 105@1",), "follows"),
            ("目标修堤40公里，实修42公里，群众满意。\n修堤42公里。", ("restated\ta=b\t42@1 42@2",), "told again"),
        ],
    )
    def test_orphan_is_provable_where_the_text_tells_its_answer_no_more(
        self, words: str, relations: tuple[str, ...], doubt: str, tmp_path: Path
    ) -> None:
        told = [tuple(relation.split("\t")) for relation in relations]
        report = report_of(words + "\n", ("met", "a>=b", "42@1 40@1"), *told, folder=tmp_path)
        (fault,) = planted(report, kinds=("orphaned",))
        assert (fault.doubt, fault.provable) == (doubt, not doubt)

    def test_rounding_explains_a_last_digit(self, small: RelatedReport) -> None:
        figure = small.relations[0].figures[0]
        for digits, provable in (("30.21", False), ("30.70", True)):
            fault = place(small, "digit", Edit(*figure.place, digits), now=Printed(digits))
            assert fault.provable is provable

    def test_limit(self) -> None:
        assert len(planted(REPORTS[0], kinds=("digit",), limit=2)) == 2


class TestLacking:
    """What a text without one of its parts shows by itself."""

    @pytest.mark.parametrize(
        ("text", "total", "doubts"),
        [
            ("支出60元：人员30元，公用10元，项目20元。", "60@1", {""}),
            ("支出60元，由人员30元、公用10元、项目20元组成。", "60@1", {"", lacking.MERE_LIST}),
            ("人员30元，公用10元，项目20元，合计60元。", "60@1", {""}),
            ("人员30元，公用10元，项目20元，三项共60元。", "60@1", {""}),
            ("支出60元。人员30元，公用10元，项目20元，加起来正好。", "60@1", {""}),
            ("支出60元，其中：人员30元，公用10元，项目20元。", "60@1", {lacking.OF_WHICH}),
            ("支出60元，人员30元，公用10元，项目20元。", "60@1", {lacking.MERE_LIST}),
            ("支出60元。人员30元，公用10元，项目20元。", "60@1", {lacking.OTHER_SENTENCE}),
            ("支出60元：人员30元，公用10元，项目20元等三项。", "60@1", {"", lacking.ROOM}),
        ],
    )
    def test_parts_of_sentences(self, text: str, total: str, doubts: set[str], tmp_path: Path) -> None:
        report = report_of(text, ("total", "a+b+c=d", f"30@1! 10@1! 20@1! {total}!"), folder=tmp_path)
        faults = planted(report, kinds=("part dropped",))
        assert {fault.doubt for fault in faults} == doubts
        assert all(fault.provable is (not fault.doubt) for fault in faults)

    @pytest.mark.parametrize(
        ("rows", "doubts"),
        [
            ("甲\t30\n乙\t10\n丙\t20\n合计\t60\n", {"", lacking.TOTAL_GONE}),
            ("资金\t60\n甲\t30\n乙\t10\n丙\t20\n", {lacking.NO_TOTAL, lacking.NO_SUM}),
            ("1\t甲\t30\n2\t乙\t10\n3\t丙\t20\n资金\t\t60\n", {"", lacking.NO_TOTAL, lacking.NO_SUM}),
        ],
    )
    def test_rows_of_tables(self, rows: str, doubts: set[str], tmp_path: Path) -> None:
        report = report_of(rows, ("total", "a+b+c=d", "30@1! 10@1! 20@1! 60@1!"), folder=tmp_path)
        assert {fault.doubt for fault in planted(report, kinds=("row dropped",))} == doubts


class TestDetecting:
    def test_spans_count_in_the_text_with_the_fault(self, small: RelatedReport) -> None:
        fault = _fault(small, "30.20", "130.20")
        changed = fault.edit.applied(SMALL)
        assert [changed[start:end] for start, end in spans_of(fault)] == ["130.20", "60.50", "10.10", "20.20"]

    def test_edit_moves_there_and_back(self) -> None:
        edit = Edit(4, 6, "十二万")
        assert [edit.moved_back(edit.moved(span)) for span in ((0, 4), (6, 9), (2, 8))] == [(0, 4), (6, 9), (2, 8)]
        assert edit.moved_back((5, 6)) == (4, 6)

    @pytest.mark.parametrize(
        ("finding", "found"),
        [
            (said((4, 9)), True),
            (said((4, 9), type="unanswered"), False),
            (said((0, 2)), False),
            (said((0, 2), expected="60.5万元"), True),
            (said((0, 2), expected="99"), False),
        ],
    )
    def test_found_by_type_and_figure(self, small: RelatedReport, finding: Said, found: bool) -> None:
        assert is_found_by(_fault(small, "30.20", "38.20"), finding) is found

    @pytest.mark.parametrize(
        ("words", "right"),
        [
            ({"expected": "86.0581%"}, True),
            ({"slip": "82.57 for 86.06"}, True),
            ({"expected": "0.8606"}, True),
            ({"expected": "82.57%"}, False),
            ({"expected": ""}, False),
        ],
    )
    def test_right_figure_to_its_printed_digits(self, words: dict[str, str], right: bool) -> None:
        assert said((0, 1), **words).puts_right("86.06") is right

    def test_only_what_is_new_beside_the_clean_text_counts(
        self, small: RelatedReport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The alarm about the last part stands one character later when the sum has one more."""
        told = {
            SMALL: [said((36, 41))],
            SMALL.replace("60.50", "160.50"): [said((37, 42))],
            SMALL.replace("60.50", "69.50"): [said((36, 41)), said((4, 9), expected="60.50万元")],
            SMALL.replace("60.50", "90.50"): [said((36, 41)), said((4, 9), severity="hint")],
        }
        monkeypatch.setattr(detecting, "findings_of", told.__getitem__)
        result = detecting.measured(small, [_fault(small, "60.50", wrong) for wrong in ("160.50", "69.50", "90.50")])
        assert len(result.alarms) == 1
        found = [(outcome.detected, outcome.by_hint, outcome.slip_right) for outcome in result.outcomes]
        assert found == [(False, False, False), (True, False, True), (False, True, False)]

    def test_the_program_is_read_with_its_spans(self) -> None:
        text = "接待费支出74.73万元万元，较上年下降。"
        findings = [one for one in findings_of(text) if one.type == "unit"]
        assert [text[start:end] for one in findings for start, end in one.spans] == ["74.73万元"]


def _fault(report: RelatedReport, right: str, wrong: str) -> Fault:
    figure = _figure(report.relations, right)
    return place(report, "digit", Edit(*figure.place, wrong), figure=right, now=Printed(wrong))


def _figure(relations: Iterable[ToldRelation], digits: str) -> PrintedNumber:
    return next(figure for relation in relations for figure in relation.figures if figure.digits == digits)


class TestBlindFaults:
    def test_there_are_enough(self) -> None:
        assert len(CASES) == 75
        assert sum(len(case.faults) for case in CASES) >= 205
        assert all(300 <= len(case.text) <= 800 for case in CASES)

    def test_stated_words_stand_in_the_text(self) -> None:
        for case in CASES:
            assert all(fault.stated in case.text for fault in case.faults)

    def test_finding_about_nothing_is_counted_beside(self) -> None:
        case = CASES[0]
        right = said(case.faults[0].spans[0], expected=case.faults[0].expected)
        answers, beside = blind.answered(case, [right, said((0, 1), type="total")])
        assert answers[0].findings
        assert answers[0].is_right
        assert len(beside) == 1

    def test_places_must_stand_once(self, tmp_path: Path) -> None:
        (tmp_path / "own.txt").write_text("共3处，又3处", encoding="utf-8")
        entry = "- {fault: x, types: [total], places: [3处], stated: 3处, expected: ''}\n"
        (tmp_path / "own.yaml").write_text(entry, encoding="utf-8")
        with pytest.raises(blind.BlindError, match=r"own\.yaml: '3处' stands 2 times"):
            blind.read_case(tmp_path / "own.txt")
