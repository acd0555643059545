"""``extract evaluate`` and ``extract annotate agreement``: what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.cli.scoreboard import words
from extract.evaluation.counts import Measure
from extract.evaluation.mistakes import MistakeKind
from extract.evaluation.score import ShareName
from tests.cli.commands import started
from tests.cli.test_usage import is_chinese

SOURCE = "sector: 水利\n--- text\n计划{5个|target other #t}，完成{6个|actual other #a}。\n--- pairs\nt <- a exceeded\n"
FOUND = (("t", 2, 4, "5", "target"), ("a", 7, 9, "6", "context"))
RECORDS: list[dict[str, Any]] = [
    {
        "kind": "claim",
        "doc": "r.txt",
        "id": name,
        "start": start,
        "end": end,
        "number": number,
        "low": None,
        "high": None,
        "unit": "个",
        "approx": "exact",
        "role": role,
        "slot": "other",
        "slot_base": "other",
        "confidence": {"role": 0.75, "slot": 1.0},
    }
    for name, start, end, number, role in FOUND
]
PAIR = {"kind": "pair", "doc": "r.txt", "target": "t", "actual": "a", "answer": "figure", "verdict": "exceeded"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "r.ann").write_text(SOURCE, encoding="utf-8")
    lines = (json.dumps(record) + "\n" for record in (*RECORDS, PAIR))
    (tmp_path / "claims.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_the_record_holds_every_measure(folder: Path) -> None:
    ended = started("evaluate", folder / "r.ann", "--predictions", folder / "claims.jsonl", "--json")
    assert (ended.code, ended.said) == (0, "")
    record = json.loads(ended.out)
    assert record["documents"] == ["r"]
    assert set(record["stages"]) == {measure.value for measure in Measure}
    assert {name.value for name in ShareName} <= set(record)
    assert record["stages"]["roles"] == {"P": 0.5, "R": 0.5, "F": 0.5, "n": [1, 2, 2]}
    assert record["stages"]["pairs"]["F"] == 1.0
    assert record["figure|found"] is None
    assert record["calibration"] == {"role": 0.5, "slot": 0.0}
    assert "errors" not in record


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_speaks_the_language_and_shows_mistakes_in_place(folder: Path, language: str) -> None:
    words = ("evaluate", folder / "r.ann", "--predictions", folder / "claims.jsonl", "--errors", "1", "--by", "sector")
    ended = started(*words, "--lang", language)
    shown = ended.out.decode("utf-8")
    assert (ended.code, ended.said) == (0, "")
    assert ("角色不对 1" in shown) == (language == "zh")
    assert ("wrong role 1" in shown) == (language == "en")
    assert "r L1  计划5个，完成【6个】。  actual → context" in shown
    assert "1/2/2" in shown
    assert "水利" in shown


def test_every_label_of_the_page_has_its_chinese() -> None:
    known = words("zh")
    assert [each for kinds in (Measure, ShareName, MistakeKind) for each in kinds if not is_chinese(known[each])] == []


def test_groups_stand_in_the_record(folder: Path) -> None:
    words = ("evaluate", folder / "r.ann", "--predictions", folder / "claims.jsonl", "--json", "--by", "sector")
    groups = json.loads(started(*words).out)["by"]["sector"]
    assert {group: each["reports"] for group, each in groups.items()} == {"水利": 1}


def test_listed_mistakes_have_their_place_in_the_record(folder: Path) -> None:
    words = ("evaluate", folder / "r.ann", "--predictions", folder / "claims.jsonl", "--json", "--errors", "5")
    (error,) = json.loads(started(*words).out)["errors"]
    assert (error["kind"], error["doc"], error["start"], error["end"]) == ("wrong role", "r", 7, 9)
    assert (error["gold"], error["predicted"]) == ("actual", "context")


def test_without_predictions_the_program_is_run(folder: Path) -> None:
    ended = started("evaluate", folder / "r.ann", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["stages"]["quantities"]["n"] == [2, 2, 2]


def test_gold_files_are_read_with_texts_from_elsewhere(folder: Path) -> None:
    gold, texts = folder / "gold", folder / "texts"
    assert started("annotate", "export", folder / "r.ann", "-o", gold).code == 0
    texts.mkdir()
    (gold / "r.txt").replace(texts / "r.txt")
    words = ("evaluate", gold, "--predictions", folder / "claims.jsonl", "--json")
    refused = started(*words)
    assert (refused.code, refused.out) == (3, b"")
    assert "--texts DIR" in refused.said
    assert started(*words, "--texts", texts).code == 0


def test_predictions_without_gold_are_wrong_usage(folder: Path) -> None:
    (folder / "more.jsonl").write_text(json.dumps({**RECORDS[0], "doc": "s.txt"}) + "\n", encoding="utf-8")
    ended = started("evaluate", folder / "r.ann", "--predictions", folder / "more.jsonl")
    assert (ended.code, ended.out) == (2, b"")
    assert "no gold for s" in ended.said


def test_gold_without_predictions_is_left_out_and_named(folder: Path) -> None:
    (folder / "s.ann").write_text(SOURCE, encoding="utf-8")
    ended = started("evaluate", folder, "--predictions", folder / "claims.jsonl", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["documents"] == ["r"]
    assert ended.said == "extract: not scored, no predictions: s\n"


def test_the_good_ones_are_scored_beside_a_broken_one(folder: Path) -> None:
    (folder / "bad.ann").write_text("--- text\n{5个}\n", encoding="utf-8")
    ended = started("evaluate", folder, "--predictions", folder / "claims.jsonl", "--json")
    assert ended.code == 3
    assert json.loads(ended.out)["documents"] == ["r"]
    assert "bad:2:" in ended.said


def test_broken_predictions_are_unreadable_input(folder: Path) -> None:
    (folder / "claims.jsonl").write_text("{\n", encoding="utf-8")
    ended = started("evaluate", folder / "r.ann", "--predictions", folder / "claims.jsonl")
    assert (ended.code, ended.out) == (3, b"")
    assert "claims.jsonl:1: no record" in ended.said


@pytest.fixture
def second(folder: Path) -> Path:
    other = folder / "second"
    other.mkdir()
    (other / "r.ann").write_text(SOURCE.replace("actual other", "context other"), encoding="utf-8")
    return other


def test_agreement_says_how_far_two_annotators_agree(folder: Path, second: Path) -> None:
    ended = started("annotate", "agreement", folder, second, "--json", "--errors", "1")
    assert (ended.code, ended.said) == (0, "")
    record = json.loads(ended.out)
    assert record["stages"]["quantities"]["F"] == 1.0
    assert record["roles"] == {"agree": 0.5, "kappa": pytest.approx(1 / 3), "compared": 2}
    assert [(error["gold"], error["predicted"]) for error in record["errors"]] == [("actual", "context")]


@pytest.mark.parametrize(("language", "head"), [("zh", "一致率"), ("en", "agree")])
def test_agreement_prints_a_page(folder: Path, second: Path, language: str, head: str) -> None:
    ended = started("annotate", "agreement", folder / "r.ann", second / "r.ann", "--lang", language)
    assert (ended.code, ended.said) == (0, "")
    assert head in ended.out.decode("utf-8")


def test_agreement_needs_two_annotations_of_one_report(folder: Path, second: Path) -> None:
    alone = started("annotate", "agreement", folder)
    assert alone.code == 2
    assert "1 were given; give two" in alone.said
    (second / "r.ann").rename(second / "s.ann")
    strangers = started("annotate", "agreement", folder, second)
    assert strangers.code == 2
    assert "only r, s" in strangers.said
