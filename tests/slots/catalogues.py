"""A catalogue of four slots, and ways to link small texts with it."""

from __future__ import annotations

from extract.claims.mentions import Mention
from extract.records import Claim, Role
from extract.segmentation.reading import Reading
from extract.segmentation.words import Vocabulary
from extract.slots.catalogue import parse_slots
from extract.slots.cues import CueHits, CueSearch
from extract.slots.evidence import Evidence, slot_evidence
from extract.slots.linker import SlotModel, link_slots
from extract.weights import Calibration, Weights
from tests.mentions import drafts_of

CATALOGUE = parse_slots(
    {
        "slots.yaml": """
- {id: road, zh: 公路, level: output, dims: [length, count], cues: [公路, 硬化]}
- {id: road.rural, parent: road, zh: 农村公路, level: output, dims: [length], cues: [农村公路]}
- {id: bridge, zh: 桥梁, level: output, dims: [count], cues: [危桥, 桥梁], behind: [便桥]}
- {id: training, zh: 培训, level: output, dims: [count], cues: [培训]}
- {id: evaluation.score, zh: 得分, level: process, dims: [score]}
- {id: other, zh: 其他, level: other, dims: [length, count, money, ratio, score]}
"""
    }
)
CHOICES = ("bridge", "other", "road", "training")
SHARED = {"cue near": 1.0, "cue behind": 1.0, "cue ahead": 0.5, "cue row": 1.0, "cue goes on": 0.5, "most cues": 1.0}


def slot_model(**rows: dict[str, float]) -> SlotModel:
    """The cues of the catalogue count; ``always`` speaks for ``other``; ``rows`` are further weights by slot."""
    by_choice: dict[str, tuple[tuple[int, float], ...]] = {"always": ((CHOICES.index("other"), 2.0),)}
    for slot, features in rows.items():
        for name, weight in features.items():
            by_choice[name] = (*by_choice.get(name, ()), (CHOICES.index(slot), weight))
    weights = Weights(CHOICES, SHARED, by_choice, Calibration())
    return SlotModel(CATALOGUE, CueSearch(CATALOGUE), weights, Vocabulary(("村组", "道路")))


def linked(text: str, *roles: Role, model: SlotModel | None = None) -> dict[str, Claim]:
    """The claims by their written form, each with its slot."""
    document, drafts = drafts_of(text, *roles)
    found = link_slots(drafts, Reading(document).words, model=slot_model() if model is None else model)
    return {claim.span.of(text): claim for claim, _ in found}


def evidence_of(text: str, surface: str, *, before: str | None = None) -> tuple[Evidence, ...]:
    """What speaks for slots of the figure written ``surface``; the figure in front of it has slot ``before``."""
    document, drafts = drafts_of(text)
    hits = CueHits(Reading(document).words, CueSearch(CATALOGUE))
    previous: Mention | None = None
    for _, mention in drafts:
        if mention.span.of(text) == surface:
            known = (previous, before) if previous is not None and before is not None else None
            return slot_evidence(mention, hits, CATALOGUE, known)
        previous = mention
    raise AssertionError(f"no mention {surface!r} in {text!r}")
