"""Everything learnt that the stages decide with, read from one folder of plain weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.claims.roles import RoleModel, read_role_model
from extract.pairs.pairing import read_pair_weights
from extract.slots.linker import SlotModel, read_slot_model
from extract.weights import FOLLOWING, Weights, models_folder, read_weights


@dataclass(frozen=True, slots=True)
class Models:
    """What decides roles, slots and pairs, and which figures follow from which."""

    roles: RoleModel
    slots: SlotModel
    pairs: Weights
    following: Weights


def read_models(folder: Path) -> Models:
    """The models in a folder that ``extract train`` wrote.

    Raises:
        LexiconError: if a file is missing or malformed.
    """
    return Models(
        read_role_model(folder),
        read_slot_model(folder),
        read_pair_weights(folder),
        read_weights(folder / FOLLOWING),
    )


@cache
def default_models() -> Models:
    """The models that come with the program."""
    return read_models(models_folder())
