"""Layers stand exactly where the records stand, whatever the tokenizer does with a character."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import install_extensions
from extract.components.claims import ClaimTagger
from extract.components.layers import quantity_layer
from extract.components.quantities import QuantityTagger
from extract.errors import SpanError
from extract.extraction import extract
from extract.quantities import find_quantities

ODD = [
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\u3000",
    "\u00a0",
    "\u2028",
    "\x85",
    "\x1c",
    "\u200b",
    "😀",
    "𠮷",
    "👨‍👩‍👧",
    "é",
    "\ufeff",
]
FIGURES = [
    "764宗",
    "3185.9公顷",
    "33 人",
    "33  人",
    "10-20%",
    "１６３．４９亿元",
    "95%以上",
    "零投诉",
    "全省排名第3名",
    "三分之二",
    "- 5%",
    "1 : 18",
]
WORDS = ["计划", "实际完成", "。", "，", "一、绩效目标", "|", "年初预算", "2022年"]

quantity_tagger = QuantityTagger(name="quantities", spans_key="quantities")
claim_tagger = ClaimTagger(name="claims", spans_key="claims", quantities_key="quantities")

any_text = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.lists(st.sampled_from(ODD + FIGURES + WORDS), max_size=12).map("".join),
)


@pytest.fixture(scope="module")
def blank() -> Language:
    install_extensions()
    return spacy.blank("zh")


@settings(deadline=None)
@given(text=any_text)
def test_quantity_spans_are_slices_of_the_original_text(blank: Language, text: str) -> None:
    doc = quantity_tagger(blank(text))
    spans = doc.spans["quantities"]
    assert doc.text == text
    assert [span.text for span in spans] == [text[span.start_char : span.end_char] for span in spans]
    assert [(span.start_char, span.end_char) for span in spans] == [
        (quantity.span.start, quantity.span.end) for quantity in find_quantities(text)
    ]


@settings(deadline=None)
@given(text=any_text)
def test_claim_spans_are_slices_of_the_original_text_and_stand_beside_their_records(blank: Language, text: str) -> None:
    doc = claim_tagger(blank(text))
    spans = doc.spans["claims"]
    assert [span.text for span in spans] == [text[span.start_char : span.end_char] for span in spans]
    assert [(span.start_char, span.end_char, span.id_) for span in spans] == [
        (claim.span.start, claim.span.end, claim.id) for claim in doc._.claims
    ]


@pytest.mark.parametrize("odd", ODD)
def test_odd_characters_around_a_figure_do_not_move_it(claims_nlp: Language, odd: str) -> None:
    text = f"{odd}实际{odd}供地764宗{odd}，{odd}收入3.5亿元{odd}"
    doc = claims_nlp(text)
    assert [span.text for span in doc.spans["quantities"]] == ["764宗", "3.5亿元"]
    assert [text[s.start_char : s.end_char] for s in doc.spans["quantities"]] == ["764宗", "3.5亿元"]


def test_empty_text_has_empty_layers(claims_nlp: Language) -> None:
    doc = claims_nlp("")
    assert (len(doc.spans["quantities"]), len(doc.spans["claims"])) == (0, 0)
    assert (doc._.quantities, doc._.claims, doc._.pairs, doc._.findings) == ((), (), (), ())


def test_a_text_that_is_no_unicode_is_refused_by_the_tokenizer_not_misread(claims_nlp: Language) -> None:
    with pytest.raises(UnicodeEncodeError, match="surrogates not allowed"):
        claims_nlp("供地\ud800764宗")


def test_quantity_span_says_dimension_and_unit(quantities_nlp: Language) -> None:
    doc = quantities_nlp("供地764宗3185.9公顷，收入163.49亿元")
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans["quantities"]] == [
        ("764宗", "count", "宗"),
        ("3185.9公顷", "area", "公顷"),
        ("163.49亿元", "money", "元"),
    ]


def test_claim_span_says_role_slot_and_id(claims_nlp: Language, report: str) -> None:
    doc = claims_nlp(report)
    said = [(s.label_, s.kb_id_, s.id_) for s in doc.spans["claims"]]
    assert said == [(c.role.value, c.slot, c.id) for c in extract(report).claims]
    assert {"target", "actual", "plan", "score"} <= {role for role, _, _ in said}


def test_claims_alone_lay_the_quantities_too(claims_nlp: Language, quantities_nlp: Language, report: str) -> None:
    both, alone = claims_nlp(report), quantities_nlp(report)
    assert [(s.start, s.end, s.label, s.kb_id) for s in both.spans["quantities"]] == [
        (s.start, s.end, s.label, s.kb_id) for s in alone.spans["quantities"]
    ]
    assert both._.quantities == alone._.quantities == tuple(find_quantities(report))


def test_predict_reads_and_leaves_the_doc_alone(blank: Language, report: str) -> None:
    doc = blank(report)
    claim_tagger.predict(doc)
    quantity_tagger.predict(doc)
    assert (dict(doc.spans), doc.user_data) == ({}, {})


def test_a_span_inside_a_token_is_a_named_error_and_never_skipped() -> None:
    words = ["1.26", "万", "亿元"]
    doc = Doc(spacy.blank("zh").vocab, words=words, spaces=[False] * 3)
    (quantity,) = find_quantities("1.26万亿")
    with pytest.raises(SpanError, match=r"\[0, 6\) '1.26万亿' .*\['1.26', '万', '亿元'\].*segmenter 'char'"):
        quantity_layer(doc, [quantity], key="quantities")


def test_a_pipeline_with_word_tokens_fails_loudly_where_they_do_not_fit() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_quantities")
    with pytest.raises(SpanError, match="'764宗'"):
        nlp("供地764宗")
