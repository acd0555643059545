"""The records as the contract publishes them: keys in order, shapes of values, the same bytes every time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents import read_document
from extract.export.jsonl import error_record, extraction_records, json_line, plain, quantity_record
from extract.extraction import extract
from extract.quantities import find_quantities
from extract.records import (
    Answer,
    Approx,
    Basis,
    Dimension,
    FindingType,
    NumericKind,
    Role,
    Severity,
    Stage,
    UnitFrom,
    Verdict,
)
from extract.slots.catalogue import default_catalogue
from tests.samples import SMALL_REPORT, sample_texts

KEYS = {
    "document": "kind doc sha256 media_type title organisation division_code year report_type pages chars version",
    "claim": "kind doc id start end text number low high unit unit_from dimension approx base_number base_unit role "
    "stage slot slot_base row_slot indicator period organisation section cell repeats page box origin confidence "
    "reasons",
    "pair": "kind doc target actual answer evidence slot basis verdict ratio confidence reasons",
    "finding": "kind doc id type rule severity confidence issue claims spans stated expected workings slip message",
    "holds": "kind doc rule claims workings",
    "excluded": "kind doc start end text reason",
    "error": "kind doc stage reason",
}
ON_WORDS = (
    "R06",
    "R07",
    "R17",
    "R22",
    "R28",
    "R29",
)  #: rules on what the text says or leaves out, where no figure need stand
CELL_KEYS = "table row column row_header column_header"
PLAIN = re.compile(r"-?\d+(?:\.\d*[1-9])?")
PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?|/prev)?")

Records = list[dict[str, Any]]


@pytest.fixture(scope="module", params=["small", *sample_texts()])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Records]:
    """(text, records) of a report that was read from a file."""
    text = SMALL_REPORT if request.param == "small" else sample_texts()[request.param]
    path = tmp_path_factory.mktemp("reports") / f"{request.param}.txt"
    path.write_bytes(text.encode("utf-8"))
    lines = [json_line(record) for record in extraction_records(extract(read_document(path)), everything=True)]
    return text, [json.loads(line) for line in lines]


def of_kind(records: Records, kind: str) -> Iterator[dict[str, Any]]:
    return (record for record in records if record["kind"] == kind)


def test_keys_stand_in_the_published_order(written: tuple[str, Records]) -> None:
    for record in written[1]:
        assert list(record) == KEYS[record["kind"]].split()


def test_kinds_follow_each_other_in_one_order(written: tuple[str, Records]) -> None:
    kinds = [record["kind"] for record in written[1]]
    assert kinds[0] == "document"
    assert list(dict.fromkeys(kinds)) == [kind for kind in KEYS if kind in kinds]


def test_claims_stand_in_text_order_and_apart(written: tuple[str, Records]) -> None:
    position = 0
    for claim in of_kind(written[1], "claim"):
        assert claim["start"] >= position
        position = claim["end"]


def test_text_is_the_slice_that_start_and_end_name(written: tuple[str, Records]) -> None:
    text, records = written
    for record in [*of_kind(records, "claim"), *of_kind(records, "excluded")]:
        assert 0 <= record["start"] < record["end"] <= len(text)
        assert record["text"] == text[record["start"] : record["end"]]


def test_document_counts_code_points(written: tuple[str, Records]) -> None:
    text, (document, *_) = written
    assert document["chars"] == len(text)
    assert document["media_type"] == "text/plain"
    assert re.fullmatch(r"[0-9a-f]{64}", document["sha256"])


def test_ids_derive_from_the_place_and_are_unique(written: tuple[str, Records]) -> None:
    claims = list(of_kind(written[1], "claim"))
    assert [c["id"] for c in claims] == [f"{c['doc']}#{c['start']}-{c['end']}" for c in claims]
    ids = [record["id"] for record in written[1] if "id" in record]
    assert len(ids) == len(set(ids))


def test_values_of_claims_are_of_the_closed_sets(written: tuple[str, Records]) -> None:
    slots = default_catalogue().slots
    for claim in of_kind(written[1], "claim"):
        assert claim["role"] in set(Role)
        assert claim["dimension"] in set(Dimension) - {Dimension.NUMBER}
        assert claim["approx"] in set(Approx)
        assert claim["unit_from"] in set(UnitFrom)
        assert claim["stage"] is None or claim["stage"] in set(Stage)
        assert claim["slot"] in slots
        assert claim["slot_base"] == slots[claim["slot"]].base
        assert claim["period"] is None or PERIOD.fullmatch(claim["period"])
        assert claim["origin"] == "text"


def test_amounts_are_plain_decimal_strings(written: tuple[str, Records]) -> None:
    for claim in of_kind(written[1], "claim"):
        for key in ("number", "low", "high", "base_number"):
            assert claim[key] is None or PLAIN.fullmatch(claim[key]), (key, claim[key])
        assert (claim["low"] is None) == (claim["high"] is None)
        assert claim["number"] is None or claim["low"] is None
    for pair in of_kind(written[1], "pair"):
        assert pair["ratio"] is None or re.fullmatch(r"-?\d+\.\d{4}", pair["ratio"])


def test_scores_are_shares_with_four_decimals_at_most(written: tuple[str, Records]) -> None:
    for record in written[1]:
        given = record.get("confidence", 0)
        assert not isinstance(given, dict) or list(given) == ["role", "slot"]
        for share in given.values() if isinstance(given, dict) else [given]:
            assert 0 <= share <= 1
            assert round(share, 4) == share


def test_cells_have_their_keys_or_are_null(written: tuple[str, Records]) -> None:
    cells = [claim["cell"] for claim in of_kind(written[1], "claim") if claim["cell"] is not None]
    assert all(list(cell) == CELL_KEYS.split() for cell in cells)


def test_every_target_has_a_pair_and_pairs_name_claims(written: tuple[str, Records]) -> None:
    claims = {claim["id"]: claim for claim in of_kind(written[1], "claim")}
    pairs = list(of_kind(written[1], "pair"))
    assert {p["target"] for p in pairs} == {c["id"] for c in claims.values() if c["role"] == Role.TARGET}
    for pair in pairs:
        assert (pair["answer"] == Answer.FIGURE) == (pair["actual"] is not None)
        assert pair["actual"] is None or claims[pair["actual"]]["role"] in (Role.ACTUAL, Role.CHANGE)
        assert pair["basis"] in set(Basis)
        assert pair["verdict"] is None or pair["verdict"] in set(Verdict)
        assert all(start < end for start, end in pair["evidence"])


def test_findings_rest_on_claims_and_speak_chinese(written: tuple[str, Records]) -> None:
    claims = {claim["id"]: claim for claim in of_kind(written[1], "claim")}
    findings = list(of_kind(written[1], "finding"))
    ids = {finding["id"] for finding in findings}
    for finding in findings:
        assert finding["type"] in set(FindingType)
        assert finding["severity"] in set(Severity)
        assert re.fullmatch(r"R\d\d", finding["rule"])
        assert finding["claims"] or (finding["rule"] in ON_WORDS and finding["spans"])
        assert finding["spans"][: len(finding["claims"])] == [
            [claims[c]["start"], claims[c]["end"]] for c in finding["claims"]
        ]
        assert finding["issue"] is None or finding["issue"] in ids - {finding["id"]}
        assert re.search(r"请", finding["message"])
        assert "虚报" not in finding["message"]


def test_holds_rest_on_claims(written: tuple[str, Records]) -> None:
    claims = {claim["id"] for claim in of_kind(written[1], "claim")}
    for holds in of_kind(written[1], "holds"):
        assert set(holds["claims"]) <= claims
        assert holds["workings"]


def test_repeats_name_an_earlier_claim(written: tuple[str, Records]) -> None:
    seen: set[str] = set()
    for claim in of_kind(written[1], "claim"):
        assert claim["repeats"] is None or claim["repeats"] in seen
        seen.add(claim["id"])


def test_excluded_numbers_are_no_claims_and_say_why(written: tuple[str, Records]) -> None:
    claimed = {(claim["start"], claim["end"]) for claim in of_kind(written[1], "claim")}
    for excluded in of_kind(written[1], "excluded"):
        assert (excluded["start"], excluded["end"]) not in claimed
        assert excluded["reason"] in set(NumericKind) - {NumericKind.QUANTITY}


def test_small_report_gives_what_it_says() -> None:
    records = list(extraction_records(extract(SMALL_REPORT)))
    texts = " ".join(record["text"] for record in of_kind(records, "claim"))
    prose = "97人 114人 12公里 95%以上 5件 12.6公里 105% 4% 45个工作日 12个工作日 8.000.00余万元"
    assert texts == f"{prose} 95% 96.5% 10 10 12 12.6 20 20"


def test_records_without_everything_hold_nothing_excluded() -> None:
    kinds = {record["kind"] for record in extraction_records(extract(SMALL_REPORT))}
    assert "excluded" not in kinds


def test_error_record_has_its_keys() -> None:
    assert list(error_record("a.txt", "read", "why")) == KEYS["error"].split()


def test_quantity_record_has_the_published_keys() -> None:
    text = "供地764宗"
    (quantity,) = find_quantities(text)
    assert quantity_record(quantity, text) == {
        "start": 2,
        "end": 6,
        "text": "764宗",
        "number": "764",
        "low": None,
        "high": None,
        "unit": "宗",
        "dimension": "count",
        "approx": "exact",
        "kind": "quantity",
    }


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_another_hash_seed_gives_the_same_bytes(seed: str, tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(SMALL_REPORT + next(iter(sample_texts().values())), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "extract", "run", str(path), "--all"],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    here = extraction_records(extract(read_document(path)), everything=True)
    assert run.stdout.decode("utf-8") == "".join(map(json_line, here))


def test_two_extractions_give_the_same_lines() -> None:
    once, again = (list(map(json_line, extraction_records(extract(SMALL_REPORT)))) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    ("number", "written_as"),
    [
        ("1.6349E+10", "16349000000"),
        ("0E-6", "0"),
        ("0.0400", "0.04"),
        ("100", "100"),
        ("-3.20", "-3.2"),
        ("0.00", "0"),
        ("-0.0", "0"),
    ],
)
def test_plain_numbers_carry_no_exponent_and_no_idle_zeros(number: str, written_as: str) -> None:
    assert plain(Decimal(number)) == written_as


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
def test_plain_numbers_are_worth_the_same(number: Decimal) -> None:
    shown = plain(number)
    assert shown is not None
    assert "E" not in shown
    assert Decimal(shown) == number
