"""What each command prints, and the exit code it ends with."""

from __future__ import annotations

import codecs
import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import LIMIT, command_line, environment, started, started_alone
from tests.samples import SMALL_REPORT, sample_texts

CLEAN = "全年完成供地764宗。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_bytes(SMALL_REPORT.encode("utf-8"))
    return path


def test_run_writes_the_same_records_to_stdout_and_to_a_file(report: Path, tmp_path: Path) -> None:
    piped = started("run", report)
    filed = started("run", report, "-o", tmp_path / "out.jsonl")
    assert (piped.code, filed.code, filed.out) == (0, 0, b"")
    assert (tmp_path / "out.jsonl").read_bytes() == piped.out
    assert "report.txt: " in filed.said
    assert not (tmp_path / "out.jsonl.part").exists()


def test_run_reads_stdin(report: Path) -> None:
    ended = started("run", "-", given=SMALL_REPORT.encode("gb18030"))
    records = [json.loads(line) for line in ended.out.splitlines()]
    assert records[0]["doc"] == "stdin.txt"
    assert [r["text"] for r in records if r["kind"] == "claim"][:2] == ["97人", "114人"]


def test_run_names_documents_relative_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "二〇二二").mkdir()
    (tmp_path / "二〇二二" / "报告.txt").write_text(CLEAN, encoding="utf-8")
    first = json.loads(started("run", tmp_path).out.splitlines()[0])
    assert first["doc"] == "二〇二二/报告.txt"


def test_a_process_of_its_own_does_the_same(report: Path) -> None:
    for words in (["run", report], ["quantities", report, "--all", "--lang", "zh"]):
        assert started_alone(*words) == started(*words)


def test_all_adds_what_was_set_aside(report: Path) -> None:
    plain, everything = started("run", report).out, started("run", report, "--all").out
    assert b'"kind": "excluded"' not in plain
    assert everything.startswith(plain)
    assert b'"kind": "excluded"' in everything[len(plain) :]


@pytest.mark.parametrize(("bar", "code"), [("low", 1), ("high", 0)])
def test_fail_on_tells_by_exit_code(bar: str, code: int, tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("全年争取资金8.000.00余万元。\n", encoding="utf-8")
    assert started("run", path, "--fail-on", bar).code == code
    assert started("run", path).code == 0


def test_fail_on_is_quiet_where_there_is_nothing_to_find(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(CLEAN, encoding="utf-8")
    assert started("run", path, "--fail-on", "low").code == 0


@pytest.mark.parametrize(
    "data",
    [
        SMALL_REPORT.encode(),
        SMALL_REPORT.replace("\n", "\r\n").encode(),
        codecs.BOM_UTF8 + SMALL_REPORT.encode(),
        SMALL_REPORT.encode("gb18030"),
        SMALL_REPORT.encode("utf-16"),
    ],
    ids=["UTF-8", "CRLF", "UTF-8 with a mark", "GB18030", "UTF-16"],
)
def test_text_is_the_decoded_file_byte_for_byte(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_bytes(data)
    expected = SMALL_REPORT.replace("\n", "\r\n") if b"\r\n" in data else SMALL_REPORT
    assert started("text", path).out == expected.encode("utf-8")
    assert started("text", "-", given=data).out == expected.encode("utf-8")


def test_text_of_every_sample_is_what_run_counts_in(tmp_path: Path) -> None:
    for name, text in list(sample_texts().items())[:2]:
        path = tmp_path / f"{name}.txt"
        path.write_bytes(text.encode("utf-8"))
        shown = started("text", path).out.decode("utf-8")
        records = [json.loads(line) for line in started("run", path).out.splitlines()]
        claims = [r for r in records if r["kind"] == "claim"]
        assert claims
        assert [shown[r["start"] : r["end"]] for r in claims] == [r["text"] for r in claims]


def test_quantities_answers_line_by_line() -> None:
    ended = started("quantities", "-", given="供地764宗\n\n2020年度\n".encode())
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert [[q["text"] for q in row["quantities"]] for row in rows] == [["764宗"], [], []]


def test_quantities_of_jsonl_keep_their_ids() -> None:
    given = '{"id": "a", "text": "5元"}\n{"id": 7, "text": "无"}\n'
    ended = started("quantities", "-", "--jsonl", given=given.encode())
    assert [json.loads(line) for line in ended.out.splitlines()] == [
        {
            "id": "a",
            "quantities": [
                {
                    "start": 0,
                    "end": 2,
                    "text": "5元",
                    "number": "5",
                    "low": None,
                    "high": None,
                    "unit": "元",
                    "dimension": "money",
                    "approx": "exact",
                    "kind": "quantity",
                }
            ],
        },
        {"id": 7, "quantities": []},
    ]


def test_quantities_with_all_say_what_else_a_number_is() -> None:
    given = '{"id": 1, "text": "2020年度第三条完成5个"}\n'
    ended = started("quantities", "-", "--jsonl", "--all", given=given.encode())
    (row,) = map(json.loads, ended.out.splitlines())
    assert [q["kind"] for q in row["quantities"]] == ["year", "clause_number", "quantity"]


def test_half_a_surrogate_pair_in_json_is_no_crash() -> None:
    ended = started("quantities", "-", "--jsonl", given=b'{"id": "\\ud800", "text": "\\ud800 5\\u5143"}\n')
    assert ended.code == 0
    assert json.loads(ended.out)["quantities"][0]["start"] == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("指标", "目标", "完成", "满意度", "核对无误")), ("en", ("measure", "target", "checked"))],
)
def test_terminal_gets_a_summary_in_its_language(language: str, words: tuple[str, ...], report: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command_line("run", report, "--lang", language), stdout=theirs, stderr=theirs, env=environment()
    ) as child:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:  # how a terminal says that its other end is closed
            pass
        assert child.wait(LIMIT) == 0
    os.close(ours)
    assert all(word in shown.decode("utf-8") for word in words)
    assert b'"kind"' not in shown


GOOD_ANN = "--- text\n计划{5个|target other #t}，完成{6个|actual other #a}。\n--- pairs\nt <- a exceeded\n"


def test_annotate_check_passes_what_is_in_order(tmp_path: Path) -> None:
    path = tmp_path / "r.ann"
    path.write_text(GOOD_ANN, encoding="utf-8")
    assert started("annotate", "check", path) == (0, b"", "")
    values = started("annotate", "check", path, "--values").out.decode("utf-8")
    assert "5个\t5\t个\tcount\texact\ttarget\tother" in values


def test_annotate_check_names_every_fault(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("--- text\n计划{5个|target nowhere}。\n", encoding="utf-8")
    (tmp_path / "b.ann").write_text("text\n", encoding="utf-8")
    ended = started("annotate", "check", tmp_path / "a.ann", tmp_path / "b.ann", tmp_path / "none.ann")
    assert ended.code == 3
    assert [line.split(":")[1].strip() for line in ended.said.splitlines()][:3] == ["a", "a", "b"]
    assert "none.ann" in ended.said.splitlines()[3]


def test_annotate_export_and_import_are_inverse(tmp_path: Path) -> None:
    source, gold, back = tmp_path / "r.ann", tmp_path / "gold", tmp_path / "back"
    source.write_text(GOOD_ANN + "\n--- findings\n", encoding="utf-8")
    assert started("annotate", "export", source, "-o", gold).code == 0
    assert sorted(path.name for path in gold.iterdir()) == [
        "r.findings.jsonl",
        "r.mentions.jsonl",
        "r.pairs.jsonl",
        "r.txt",
    ]
    assert started("annotate", "import", gold / "r.txt", "--gold", gold, "-o", back).code == 0
    assert (back / "r.ann").read_text(encoding="utf-8") == source.read_text(encoding="utf-8")


def test_annotate_import_asks_for_the_gold_folder(tmp_path: Path) -> None:
    ended = started("annotate", "import", tmp_path / "r.txt", "-o", tmp_path)
    assert ended.code == 2
    assert "--gold DIR" in ended.said


def test_annotate_export_does_the_good_ones_beside_a_bad_one(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("nothing\n", encoding="utf-8")
    (tmp_path / "b.ann").write_text(GOOD_ANN, encoding="utf-8")
    ended = started("annotate", "export", tmp_path / "a.ann", tmp_path / "b.ann", "-o", tmp_path / "gold")
    assert ended.code == 3
    assert "a:1: no line '--- text'" in ended.said
    assert (tmp_path / "gold" / "b.txt").is_file()


@pytest.mark.parametrize("line", ["{", '{"id": "m1"}', '{"id": "m1", "start": 2, "end": 1, "surface": ""}'])
def test_annotate_import_names_a_broken_gold_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("完成5个", encoding="utf-8")
    (tmp_path / "r.mentions.jsonl").write_text(line + "\n", encoding="utf-8")
    ended = started("annotate", "import", tmp_path / "r.txt", "--gold", tmp_path, "-o", tmp_path)
    assert ended.code == 3
    assert "r.mentions.jsonl:1: " in ended.said
    assert "Traceback" not in ended.said
