"""The files of a folder of models: weights, words, and the card that says how good they are."""

from __future__ import annotations

from extract.learning.card import render_card
from extract.learning.training import Trained
from extract.weights import FOLLOWING, render_weights


def model_files(trained: Trained) -> dict[str, str]:
    """File name → content."""
    models = trained.models
    return {
        "roles.tsv": render_weights(models.roles.weights, about=("What decides the role of a figure.", *_FORMAT)),
        "slots.tsv": render_weights(models.slots.weights, about=("What decides the slot of a figure.", *_FORMAT)),
        "pairs.tsv": render_weights(models.pairs, about=("What decides which actual answers a target.", *_FORMAT)),
        FOLLOWING: render_weights(
            models.following, about=("What decides which figures a figure follows from.", *_FORMAT)
        ),
        "words.txt": "".join(f"{word}\n" for word in sorted(models.roles.vocabulary.words)),
        "README.md": render_card(trained.held_out),
    }


_FORMAT = (
    "Written by `extract train`; README.md says how good it is. A line: feature, choice (* for a candidate's own",
    "features) and weight. Line `=`: the choices. Lines `!`: how often decisions of that probability were right.",
)
