"""Records of a run, read as predictions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.errors import ReadError
from extract.evaluation.predictions import read_predictions

CLAIM: dict[str, Any] = {
    "kind": "claim",
    "doc": "水利/r.txt",
    "id": "r.txt#0-2",
    "start": 0,
    "end": 2,
    "text": "5个",
    "number": "5",
    "low": None,
    "high": None,
    "unit": "个",
    "approx": "exact",
    "role": "actual",
    "slot": "three_public.reception",
    "slot_base": "three_public",
    "confidence": {"role": 0.9, "slot": 0.8},
}


def written(folder: Path, *records: object) -> Path:
    path = folder / "claims.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_records_belong_to_the_document_that_they_name(tmp_path: Path) -> None:
    error = {"kind": "error", "doc": "s.docx", "stage": "read", "reason": "empty"}
    given = read_predictions([written(tmp_path, CLAIM, error)])
    assert {name: len(each.claims) for name, each in given.items()} == {"r": 1, "s": 0}
    (claim,) = given["r"].claims
    assert (claim.slot, claim.role_confidence, claim.slot_confidence) == ("three_public", 0.9, 0.8)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ([1], "claims.jsonl:1: no record of 'extract run': no object"),
        ({**CLAIM, "number": "five"}, "claims.jsonl:1: .* 'five' is no plain decimal string"),
        ({**CLAIM, "end": 0}, "claims.jsonl:1: .* empty or negative"),
        ({key: value for key, value in CLAIM.items() if key != "start"}, "claims.jsonl:1: .* no 'start'"),
    ],
)
def test_a_line_that_is_no_record_is_named(record: object, message: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=message):
        read_predictions([written(tmp_path, record)])


def test_a_claim_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"claims\.jsonl:2: claim 'r\.txt#0-2' was given at .*:1"):
        read_predictions([written(tmp_path, CLAIM, CLAIM)])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.jsonl"):
        read_predictions([tmp_path / "none.jsonl"])
