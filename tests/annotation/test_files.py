"""Annotated reports on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.annotation.files import find_annotated, read_annotated
from extract.annotation.gold import gold_files
from extract.annotation.markup import AnnotatedReport, parse_markup
from extract.errors import MarkupError, ReadError
from extract.lexicons import default_units

SOURCE = "sector: 水利\n--- text\n完成{5个|actual other #a}。\n"
REPORT = parse_markup(SOURCE, name="r", units=default_units())


def write_gold(folder: Path, *, texts: Path | None = None) -> None:
    for name, content in gold_files(REPORT).items():
        place = texts if texts is not None and name.endswith(".txt") else folder
        place.mkdir(exist_ok=True)
        (place / name).write_bytes(content.encode("utf-8"))


def read_all(*paths: Path, texts: Path | None = None) -> list[AnnotatedReport]:
    return [read_annotated(file, texts=texts) for file in find_annotated(paths)]


def test_markup_is_read_by_file_and_by_folder(tmp_path: Path) -> None:
    (tmp_path / "r.ann").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "README.md").write_text("no report", encoding="utf-8")
    assert read_all(tmp_path) == read_all(tmp_path / "r.ann") == [REPORT]


def test_gold_is_read_with_the_text_beside_it_or_elsewhere(tmp_path: Path) -> None:
    write_gold(tmp_path / "near")
    write_gold(tmp_path / "gold", texts=tmp_path / "texts")
    expected = [replace(REPORT, about=())]
    assert read_all(tmp_path / "near") == expected
    assert read_all(tmp_path / "gold", texts=tmp_path / "texts") == expected
    assert read_all(tmp_path / "gold" / "r.mentions.jsonl", texts=tmp_path / "texts") == expected


def test_gold_without_its_text_says_how_to_name_the_folder(tmp_path: Path) -> None:
    write_gold(tmp_path / "gold", texts=tmp_path / "texts")
    with pytest.raises(ReadError, match=r"r\.txt: no such file, .* --texts DIR"):
        read_all(tmp_path / "gold")


def test_a_text_that_is_not_the_annotated_one_is_refused(tmp_path: Path) -> None:
    write_gold(tmp_path)
    (tmp_path / "r.txt").write_text("全部完成了", encoding="utf-8")
    with pytest.raises(MarkupError, match="does not stand at"):
        read_all(tmp_path)


def test_a_place_without_annotations_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(ReadError, match=f"{path.name}: no annotated report"):
            read_all(path)


def test_two_annotations_of_one_name_are_refused(tmp_path: Path) -> None:
    write_gold(tmp_path)
    (tmp_path / "r.ann").write_text(SOURCE, encoding="utf-8")
    with pytest.raises(ReadError, match=r"annotates a report of the same name"):
        read_all(tmp_path)
