"""``extract train``: models from annotated reports, and how good they are on reports they have not seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.annotation.markup import parse_markup
from extract.extraction import extract
from extract.learning.card import render_card
from extract.learning.examples import example_of
from extract.learning.files import model_files
from extract.learning.study import FAMILIES, render_study
from extract.learning.training import Trained, TrainingSet, train
from extract.learning.vocabulary import vocabulary_of
from extract.lexicons import default_units
from extract.models import read_models
from extract.records import Role
from tests.cli.commands import started
from tests.learning.reports import REPORTS, write_reports

FILES = {"roles.tsv", "slots.tsv", "pairs.tsv", "following.tsv", "words.txt", "README.md"}


def trained_with(reports: dict[str, str]) -> Trained:
    parsed = [parse_markup(source, name=name, units=default_units()) for name, source in sorted(reports.items())]
    return train(TrainingSet(example_of(report) for report in parsed))


@pytest.fixture(scope="module")
def trained() -> Trained:
    return trained_with(REPORTS)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the command wrote."""
    folder = tmp_path_factory.mktemp("training")
    ended = started("train", write_reports(folder / "annotations", REPORTS), "-o", folder / "models")
    assert (ended.code, ended.out) == (0, b"")
    assert "models written to" in ended.said
    return folder / "models"


def test_command_writes_the_files_of_the_models_and_nothing_else(models: Path) -> None:
    assert {path.name for path in models.iterdir()} == FILES


def test_same_reports_give_the_same_bytes(models: Path, trained: Trained) -> None:
    assert {name: (models / name).read_text(encoding="utf-8") for name in FILES} == model_files(trained)


def test_models_are_read_back_as_they_were(models: Path, trained: Trained) -> None:
    read = read_models(models)
    assert read.roles.vocabulary.words == trained.models.roles.vocabulary.words
    for found, made in (
        (read.roles.weights, trained.models.roles.weights),
        (read.slots.weights, trained.models.slots.weights),
        (read.pairs, trained.models.pairs),
    ):
        assert (found.choices, found.shared) == (made.choices, made.shared)
        assert found.by_choice == made.by_choice
        assert found.calibration == made.calibration


def test_models_have_learnt_roles_slots_and_pairs(trained: Trained) -> None:
    goals = "一、绩效目标\n新建堤防15公里，群众满意度95%以上。\n"
    results = "二、完成情况\n全年新建堤防16.2公里。群众满意度达到97%。\n"
    text = f"2022年度松桥县水务局整体支出绩效自评报告\n{goals}{results}"
    extraction = extract(text, models=trained.models)
    roles = {claim.span.of(text): claim.role for claim in extraction.claims}
    assert roles == {"15公里": Role.TARGET, "95%以上": Role.TARGET, "16.2公里": Role.ACTUAL, "97%": Role.ACTUAL}
    assert {claim.span.of(text): claim.slot_base for claim in extraction.claims}["97%"] == "satisfaction"
    answers = {pair.target.span.of(text): pair.actual and pair.actual.span.of(text) for pair in extraction.pairs}
    assert answers == {"15公里": "16.2公里", "95%以上": "97%"}


def test_every_report_is_scored_by_models_that_have_not_seen_it(trained: Trained) -> None:
    assert [example.name for example, _ in trained.held_out] == sorted(REPORTS)


def test_card_tells_how_good_they_are(trained: Trained) -> None:
    card = render_card(trained.held_out, studies=["## A study\n\nof its own"])
    headings = re.findall(r"^## (.+)$", card, re.MULTILINE)
    assert headings[:6] == ["Held-out scores", "By role", "By batch", "By sector", "By layout", "Calibration"]
    assert headings[6:] == ["A study", "What they are bad at"]
    assert re.search(r"4 annotated reports \(\d+ mentions, 12 pairs or open targets, batches A, B\)", card)
    for row in ("all reports", "target", "score", "A", "B", "水利", "交通", "prose", "tabs"):
        assert re.search(rf"^\| {row} \| [\d–]", card, re.MULTILINE), row


def test_reports_without_targets_train_too() -> None:
    source = "batch: {batch}\n--- text\n全年新建堤防{{12公里|actual other}}，编制{{97人|context staff}}。\n"
    trained = trained_with({name: source.format(batch=name) for name in "AB"})
    assert trained.models.pairs.shared == {}
    assert len(trained.held_out) == 2


def test_words_stand_in_several_texts() -> None:
    texts = ["群众满意度96%。", "提高群众满意度。", "群众满意度为95%，新建堤防。"]
    words = vocabulary_of(texts)
    assert "群众" in words
    assert "堤防" not in words
    assert words == tuple(sorted(words))


@pytest.mark.parametrize("head", ["batch: A\n", ""])
def test_one_batch_alone_is_too_few(tmp_path: Path, head: str) -> None:
    reports = {name: re.sub(r"batch: .\n", head, source) for name, source in REPORTS.items()}
    ended = started("train", write_reports(tmp_path / "annotations", reports), "-o", tmp_path / "models")
    assert ended.code == 3
    assert "write `batch: NAME` at their heads" in ended.said
    assert ended.said.count("\n") == 1
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(("unnamed", "code"), [("A", 0), ("B", 3)])
def test_reports_that_name_no_batch_are_of_the_first(unnamed: str, code: int, tmp_path: Path) -> None:
    reports = {name: source.replace(f"batch: {unnamed}\n", "") for name, source in REPORTS.items()}
    ended = started("train", write_reports(tmp_path / "annotations", reports), "-o", tmp_path / "models")
    assert ended.code == code, ended.said


@pytest.mark.parametrize("missing", ["jieba", "scipy", "sklearn"])
def test_missing_library_is_asked_for_in_one_line(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.cli.train.find_spec", lambda name: None if name == missing else object())
    ended = started("train", tmp_path, "-o", tmp_path / "models")
    assert ended.code == 2
    assert re.search(rf"training needs {missing}; pip install 'zh-claim-extract\[train\]'", ended.said)
    assert ended.said.count("\n") == 1


@pytest.mark.parametrize(
    ("source", "message"), [(None, "no annotated report"), ("全年完成5个。\n", "no line '--- text'")]
)
def test_annotations_that_cannot_be_read(source: str | None, message: str, tmp_path: Path) -> None:
    write_reports(tmp_path / "annotations", {} if source is None else {"r": source})
    ended = started("train", tmp_path / "annotations", "-o", tmp_path / "models")
    assert (ended.code, ended.out) == (3, b"")
    assert message in ended.said


def test_run_decides_with_the_models_of_a_folder(models: Path, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("二、完成情况\n群众满意度达到96.5%。\n", encoding="utf-8")
    ended = started("run", tmp_path / "r.txt", "--model", models)
    assert ended.code == 0, ended.said
    assert '"slot": "satisfaction"' in ended.out.decode("utf-8")


@pytest.mark.parametrize("gone", [None, *sorted(FILES - {"README.md"})])
def test_run_with_models_that_are_not_there_is_wrong_usage(gone: str | None, trained: Trained, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("群众满意度达到96.5%。\n", encoding="utf-8")
    folder = tmp_path / "models"
    if gone is not None:
        folder.mkdir()
        for name, content in model_files(trained).items():
            if name != gone:
                (folder / name).write_text(content, encoding="utf-8")
    ended = started("run", tmp_path / "r.txt", "--model", folder)
    assert (ended.code, ended.out) == (2, b"")
    assert re.search(rf"--model .*models: {re.escape(gone or 'roles.tsv')}: no such .*`extract train`", ended.said)
    assert ended.said.count("\n") == 1


def test_study_tells_what_each_kind_of_feature_is_worth() -> None:
    parsed = [parse_markup(markup, name=name, units=default_units()) for name, markup in REPORTS.items()]
    page = render_study(TrainingSet(example_of(report) for report in parsed))
    rows = {
        cells[0]: cells[1:] for cells in re.findall(r"^\| (.+?) \| (\d\.\d{3}) \| (\d\.\d{3}) \|$", page, re.MULTILINE)
    }
    assert {"nothing", "100%", *FAMILIES} <= set(rows)
    assert rows["nothing"] == rows["100%"]
    assert float(rows["nothing"][0]) > float(rows["25%"][0])
