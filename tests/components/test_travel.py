"""Records go where the Doc goes: bytes, disk, DocBin, worker processes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extract.components import packing, store
from extract.components.packing import PackingError, packed, unpacked
from extract.extraction import extract
from extract.records import Role


@pytest.fixture
def doc(claims_nlp: Language, report: str) -> Doc:
    return claims_nlp(report)


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be read anew: what is asked for must have travelled."""

    def refuse(text: str) -> None:
        raise AssertionError(f"read anew: {text[:20]!r}")

    monkeypatch.setattr(store, "_computed_claims", refuse)
    monkeypatch.setattr(store, "_computed_quantities", refuse)


def layers(doc: Doc) -> dict[str, list[tuple[int, int, str, str, str]]]:
    return {
        key: [(s.start_char, s.end_char, s.label_, s.kb_id_, s.id_) for s in group] for key, group in doc.spans.items()
    }


def records(doc: Doc) -> tuple[object, ...]:
    return (doc._.quantities, doc._.claims, doc._.pairs, doc._.findings)


def assert_same(read: Doc, written: Doc) -> None:
    assert read.text == written.text
    assert layers(read) == layers(written)
    assert records(read) == records(written)
    assert repr(records(read)) == repr(records(written))  # Decimal("1.0") equals Decimal("1"), but is not the same


def test_doc_says_what_the_core_says(doc: Doc, report: str) -> None:
    found = extract(report)
    assert found.claims
    assert found.pairs
    assert found.findings
    assert (doc._.claims, doc._.pairs, doc._.findings) == (found.claims, found.pairs, found.findings)


@pytest.mark.usefixtures("no_reading")
def test_bytes_keep_layers_and_records(doc: Doc) -> None:
    assert_same(Doc(Vocab()).from_bytes(doc.to_bytes()), doc)


@pytest.mark.usefixtures("no_reading")
def test_disk_keeps_layers_and_records(doc: Doc, tmp_path: Path) -> None:
    doc.to_disk(tmp_path / "doc.spacy")
    assert_same(Doc(Vocab()).from_disk(tmp_path / "doc.spacy"), doc)


@pytest.mark.usefixtures("no_reading")
def test_docbin_with_user_data_keeps_layers_and_records(doc: Doc) -> None:
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (read,) = DocBin(store_user_data=True).from_bytes(stored).get_docs(Vocab())
    assert_same(read, doc)


def test_docbin_without_user_data_reads_the_records_anew(doc: Doc) -> None:
    stored = DocBin(docs=[doc], store_user_data=False).to_bytes()
    (read,) = DocBin().from_bytes(stored).get_docs(Vocab())
    assert_same(read, doc)


@pytest.mark.usefixtures("no_reading")
def test_pickle_and_copy_keep_layers_and_records(doc: Doc) -> None:
    assert_same(pickle.loads(pickle.dumps(doc)), doc)
    assert_same(doc.copy(), doc)


def test_two_processes_say_what_one_says(claims_nlp: Language, report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [report, "", "供地764宗。", " 33 人\r\n", report.replace("12", "13")]
    alone = [claims_nlp(text) for text in texts]
    spread = list(claims_nlp.pipe(texts, n_process=2, batch_size=2))
    monkeypatch.setattr(store, "_computed_claims", None)  # the workers did the reading, once
    for read, written in zip(spread, alone, strict=True):
        assert_same(read, written)


def test_two_processes_carry_an_error_out(report: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_quantities")
    with pytest.raises(Exception, match="does not fall on the tokens"):
        list(nlp.pipe([report, "供地764宗"], n_process=2))


def test_components_can_be_sent_to_a_fresh_process(claims_nlp: Language, quantities_nlp: Language, report: str) -> None:
    for nlp in (claims_nlp, quantities_nlp):
        tagger = pickle.loads(pickle.dumps(nlp.pipeline[0][1]))
        assert layers(tagger(nlp.make_doc(report))) == layers(nlp(report))


def test_a_doc_that_no_component_saw_is_read_when_asked(claims_nlp: Language, report: str) -> None:
    doc = claims_nlp.make_doc(report)
    assert doc._.claims == extract(report).claims
    assert doc.user_data == {}


def test_records_of_another_text_are_not_believed(claims_nlp: Language) -> None:
    one, two = claims_nlp("计划供地700宗，实际供地764宗。"), claims_nlp("支出3万元。")
    two._.extract_records = one._.extract_records
    assert [c.span.of(two.text) for c in two._.claims] == ["3万元"]
    part = one[8:].as_doc(copy_user_data=True)
    assert [c.span.of(part.text) for c in part._.claims] == ["764宗"]


@pytest.mark.filterwarnings("ignore:.*W101.*")
def test_docs_put_together_are_read_as_one(claims_nlp: Language) -> None:
    whole = Doc.from_docs([claims_nlp("计划供地700宗，"), claims_nlp("实际供地764宗。")], ensure_whitespace=False)
    assert whole._.claims == extract(whole.text).claims
    assert len(whole._.claims) == 2


def test_records_with_other_fields_are_read_anew(doc: Doc, monkeypatch: pytest.MonkeyPatch) -> None:
    before = records(doc)
    monkeypatch.setattr(packing, "_SHAPE", "of another version")
    store._unpacked.cache_clear()
    assert records(doc) == before


def test_what_a_tagger_laid_is_what_the_getter_says(quantities_nlp: Language) -> None:
    """A unit table of one's own changes the layer, and the records with it."""
    from extract.lexicons import parse_units

    quantities_nlp.get_pipe("extract_quantities").units = parse_units(OWN_UNITS)  # type: ignore[attr-defined]
    doc = quantities_nlp("青桐县种茶20垧子")
    assert [quantity.unit for quantity in Doc(Vocab()).from_bytes(doc.to_bytes())._.quantities] == ["垧子"]


OWN_UNITS = "surface\tunit\tfactor\tbase\tdimension\tseen\n垧子\t垧子\t15000\t平方米\tarea\n"


class TestPacking:
    def test_every_record_comes_back_the_same(self, report: str) -> None:
        found = extract(report)
        parts = (found.claims, found.pairs, found.findings, found.holds, found.excluded, found.document.tables)
        again = unpacked(packed(parts))
        assert again == parts
        assert repr(again) == repr(parts)

    def test_a_shared_record_is_shared_again(self, report: str) -> None:
        found = extract(report)
        claims, pairs = unpacked(packed((found.claims, found.pairs)))  # type: ignore[misc]
        by_id = {claim.id: claim for claim in claims}
        assert all(pair.target is by_id[pair.target.id] for pair in pairs)

    @pytest.mark.parametrize(
        "value",
        [(), ((),), None, "甲\u2028\x00", 0, True, 1.5, Decimal("1.0"), Decimal("1E+3"), Role.TARGET, (1, True, 1.0)],
    )
    def test_plain_values_come_back_with_their_type(self, value: object) -> None:
        assert repr(unpacked(packed(value))) == repr(value)

    def test_equal_numbers_written_differently_stay_apart(self) -> None:
        assert repr(unpacked(packed((Decimal("1.0"), Decimal("1"))))) == "(Decimal('1.0'), Decimal('1'))"

    def test_same_records_give_the_same_string(self, report: str) -> None:
        assert packed(extract(report).claims) == packed(extract(report).claims)

    def test_a_change_is_seen(self, report: str) -> None:
        claim = extract(report).claims[0]
        assert packed(claim) != packed(replace(claim, role=Role.CONTEXT))

    def test_a_foreign_value_is_refused_by_name(self) -> None:
        @dataclass(frozen=True)
        class Claim:
            id: str

        with pytest.raises(PackingError, match="type Claim is no record"):
            packed((Claim("a"),))
        with pytest.raises(PackingError, match="type dict"):
            packed({})
