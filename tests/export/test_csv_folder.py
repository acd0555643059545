"""CSV for spreadsheets: three tables, no formula runs, nothing half written."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest

from extract.cli import main
from extract.errors import ReadError, UsageError
from extract.export.csv_folder import CsvFolder
from extract.export.tables import CLAIM_COLUMNS, FINDING_COLUMNS, NUMBER_COLUMNS, PAIR_COLUMNS, claim_rows, safe_cell
from extract.records import Extraction
from tests.export.pages import REPORT, extracted

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DANGEROUS = """2022年度云溪坪县林务局部门整体支出绩效自评报告

	三级指标	年度指标值	实际完成值
	=HYPERLINK("x")造林	12件	11件
	@SUM(A1)抚育	5件	5件
	余额	0	-203.1
"""


def rows(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\xef\xbb\xbf") == 1
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "甲.txt").write_bytes(REPORT.encode("utf-8"))
    (folder / "乙.txt").write_bytes(DANGEROUS.encode("utf-8"))
    return folder


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("column", ["indicator", "message", "number"])
def test_a_cell_that_opens_a_formula_gets_an_apostrophe(opener: str, column: str) -> None:
    assert safe_cell(f"{opener}cmd|' /C calc'!A0", column) == f"'{opener}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("text", "column", "written"),
    [
        ("-203.1", "number", "-203.1"),
        ("-203.1", "ratio", "-203.1"),
        ("-203.1", "text", "'-203.1"),
        ("-203.1\n", "number", "'-203.1\n"),
        ("-２", "number", "'-２"),
        ("-1-1", "number", "'-1-1"),
        ("+5", "number", "'+5"),
        ("", "number", ""),
        ("同比+5", "text", "同比+5"),
    ],
)
def test_only_plain_numbers_in_number_columns_stay(text: str, column: str, written: str) -> None:
    assert safe_cell(text, column) == written


def test_run_writes_three_tables_with_a_row_a_record(reports: Path, tmp_path: Path) -> None:
    assert main(["run", str(reports), "--format", "csv", "-o", str(tmp_path / "out")]) == 0
    assert names(tmp_path / "out") == ["claims.csv", "findings.csv", "pairs.csv"]
    expected = [extracted(DANGEROUS, "乙.txt"), extracted(REPORT, "甲.txt")]
    claims, pairs, findings = (rows(tmp_path / "out" / f"{name}.csv") for name in ("claims", "pairs", "findings"))
    assert sorted(row["id"] for row in claims) == sorted(claim.id for e in expected for claim in e.claims)
    assert sorted(row["target"] for row in pairs) == sorted(pair.target.id for e in expected for pair in e.pairs)
    assert sorted(row["id"] for row in findings) == sorted(finding.id for e in expected for finding in e.findings)
    assert (tuple(claims[0]), tuple(pairs[0]), tuple(findings[0])) == (CLAIM_COLUMNS, PAIR_COLUMNS, FINDING_COLUMNS)


def test_a_claim_is_flat(reports: Path, tmp_path: Path) -> None:
    main(["run", str(reports), "--format", "csv", "-o", str(tmp_path / "out")])
    row = next(row for row in rows(tmp_path / "out" / "claims.csv") if row["text"] == "96.5%")
    assert (row["doc"], row["number"], row["unit"], row["role"]) == ("甲.txt", "96.5", "%", "actual")
    assert (row["table"], row["row"], row["column_header"]) == ("1", "1", "实际完成值")
    assert row["row_header"] == "苗木成活率"
    assert "；" in row["reasons"]
    assert (row["document_year"], row["document_organisation"]) == ("2022", "云溪坪县林务局")
    prose = next(row for row in rows(tmp_path / "out" / "claims.csv") if row["text"] == "1320亩")
    assert (prose["table"], prose["section"]) == ("", "完成情况")


def test_a_pair_says_what_its_two_claims_say(reports: Path, tmp_path: Path) -> None:
    main(["run", str(reports), "--format", "csv", "-o", str(tmp_path / "out")])
    row = next(row for row in rows(tmp_path / "out" / "pairs.csv") if row["actual_text"] == "1320亩")
    assert (row["target_text"], row["target_number"], row["actual_number"]) == ("1200亩", "1200", "1320")
    assert (row["verdict"], row["ratio"], row["answer"]) == ("exceeded", "1.1000", "figure")


def test_no_cell_of_a_hostile_report_opens_a_formula(reports: Path, tmp_path: Path) -> None:
    main(["run", str(reports), "--format", "csv", "-o", str(tmp_path / "out"), "--all"])
    tables = {path.name: rows(path) for path in (tmp_path / "out").iterdir()}
    cells = [(column, cell) for table in tables.values() for row in table for column, cell in row.items()]
    assert [(c, cell) for c, cell in cells if cell.startswith(OPENERS) and c not in NUMBER_COLUMNS] == []
    assert any(cell.startswith("'=HYPERLINK") for _, cell in cells)
    assert any(cell == "-203.1" for column, cell in cells if column == "number")


def test_with_all_what_was_set_aside_is_a_table_too(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    main(["run", str(reports), "--format", "csv", "-o", str(out), "--all"])
    assert {row["reason"] for row in rows(out / "excluded.csv")} >= {"year", "clause_number"}
    main(["run", str(reports), "--format", "csv", "-o", str(out)])
    assert names(out) == ["claims.csv", "findings.csv", "pairs.csv"]


def test_what_could_not_be_read_is_in_errors_csv_until_it_can(reports: Path, tmp_path: Path) -> None:
    out, bad = tmp_path / "out", reports / "空.txt"
    bad.write_bytes(b"")
    assert main(["run", str(reports), "--format", "csv", "-o", str(out)]) == 3
    assert [(row["doc"], row["stage"]) for row in rows(out / "errors.csv")] == [("空.txt", "read")]
    assert rows(out / "claims.csv")
    bad.unlink()
    assert main(["run", str(reports), "--format", "csv", "-o", str(out)]) == 0
    assert "errors.csv" not in names(out)


def test_two_runs_give_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        main(["run", str(reports), "--format", "csv", "-o", str(tmp_path / name)])
    for name in names(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def interrupted(out: Path, *documents: Extraction) -> None:
    """A run that could not read one document, finished ``documents`` and was stopped in the next."""
    with suppress(KeyboardInterrupt), CsvFolder(out) as folder:
        folder.add_error("零.txt", ReadError("bad", zh="坏"))
        for document in documents:
            folder.add(document)
        folder.files["claims.csv"].write("丁.txt,half a li".encode())
        raise KeyboardInterrupt


def stop_after_first(out: Path) -> None:
    interrupted(out, extracted(DANGEROUS, "乙.txt"))


def test_an_interrupted_run_leaves_the_old_tables(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with CsvFolder(out) as folder:
        folder.add(extracted())
    before = {name: (out / name).read_bytes() for name in names(out)}
    stop_after_first(out)
    assert {name: (out / name).read_bytes() for name in before} == before
    assert (out / "claims.csv.part").is_file()


def test_resume_goes_on_behind_the_last_whole_document(tmp_path: Path) -> None:
    stop_after_first(tmp_path / "out")
    with CsvFolder(tmp_path / "out", resume=True) as folder:
        assert folder.finished == {"零.txt", "乙.txt"}
        assert {"kind": "error"} in folder.kept
        folder.add(extracted(REPORT, "甲.txt"))
    with CsvFolder(tmp_path / "whole") as folder:
        folder.add_error("零.txt", ReadError("bad", zh="坏"))
        folder.add(extracted(DANGEROUS, "乙.txt"))
        folder.add(extracted(REPORT, "甲.txt"))
    assert (
        names(tmp_path / "out")
        == names(tmp_path / "whole")
        == ["claims.csv", "errors.csv", "findings.csv", "pairs.csv"]
    )
    for name in names(tmp_path / "out"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_resume_with_nothing_to_go_on_from_begins_anew(tmp_path: Path) -> None:
    stop_after_first(tmp_path / "out")
    (tmp_path / "out" / "pairs.csv.part").unlink()
    with CsvFolder(tmp_path / "out", resume=True) as folder:
        assert folder.finished == frozenset()
        folder.add(extracted())
    assert len(rows(tmp_path / "out" / "claims.csv")) == len(list(claim_rows(extracted())))


def test_a_failure_of_the_interrupted_run_counts_in_the_exit_code(reports: Path, tmp_path: Path) -> None:
    (reports / "零.txt").write_bytes(b"")
    interrupted(tmp_path / "out", extracted(DANGEROUS, "乙.txt"), extracted(REPORT, "甲.txt"))
    run = ["run", str(reports), "--format", "csv", "-o", str(tmp_path / "out"), "--resume"]
    assert main(run) == 3


def test_a_finding_of_the_interrupted_run_fails_the_one_that_goes_on(reports: Path, tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), CsvFolder(tmp_path / "out") as folder:
        folder.add(extracted(DANGEROUS, "乙.txt"))
        folder.add(extracted(REPORT, "甲.txt"))
        raise KeyboardInterrupt
    run = ["run", str(reports), "--format", "csv", "-o", str(tmp_path / "out"), "--resume", "--fail-on", "low"]
    assert main(run) == 1


@pytest.mark.parametrize("kind", ["no -o", "a file", "no parent"])
def test_wrong_places_are_wrong_usage(kind: str, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    out = {"no -o": [], "a file": ["-o", str(tmp_path / "file")], "no parent": ["-o", str(tmp_path / "x" / "y")]}[kind]
    assert main(["run", str(reports), "--format", "csv", *out]) == 2
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="--format csv writes a folder"):
        CsvFolder(tmp_path / "file")
