"""Factories: built from config, found by entry point, saved and loaded; extensions registered once."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import ExtensionError, QuantityTagger, install_extensions
from extract.components.extensions import _EXTENSIONS
from extract.components.units_file import render_units
from extract.errors import ExtractError
from extract.lexicons import default_units, parse_units

ROOT = Path(__file__).resolve().parents[2]
OWN_UNITS = "surface\tunit\tfactor\tbase\tdimension\tseen\n垧子\t垧子\t2000/3\t平方米\tarea\n"
FACTORIES = ("extract_claims", "extract_quantities")


@pytest.fixture(scope="module")
def entry_points() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["entry-points"]["spacy_factories"]


class TestEntryPoints:
    def test_every_factory_has_one_that_resolves(self, entry_points: dict[str, str]) -> None:
        assert sorted(entry_points) == sorted(FACTORIES)
        for name, value in entry_points.items():
            assert callable(EntryPoint(name, value, "spacy_factories").load())
            assert Language.get_factory_meta(name).factory == name

    def test_an_installed_package_needs_no_import(self, entry_points: dict[str, str], tmp_path: Path) -> None:
        """With the metadata that an installation writes, spaCy finds the factories by itself."""
        info = tmp_path / "zh_claim_extract-0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zh-claim-extract\nVersion: 0\n")
        lines = [f"{name} = {value}\n" for name, value in entry_points.items()]
        (info / "entry_points.txt").write_text("[spacy_factories]\n" + "".join(lines))
        program = (
            "import spacy; nlp = spacy.blank('zh'); "
            "nlp.add_pipe('extract_quantities'); nlp.add_pipe('extract_claims'); "
            "doc = nlp('供地764宗'); print(len(doc._.claims), doc.spans['claims'][0].text)"
        )
        assert _output(program, tmp_path) == "1 764宗\n"


def _output(program: str, *folders: Path) -> str:
    path = os.pathsep.join([*map(str, folders), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class TestConfig:
    def test_layers_go_where_config_says(self) -> None:
        nlp = spacy.blank("zh")
        nlp.add_pipe("extract_quantities", config={"spans_key": "numbers"})
        nlp.add_pipe("extract_claims", config={"spans_key": "said", "quantities_key": "measures"})
        assert sorted(nlp("供地764宗").spans) == ["measures", "numbers", "said"]

    def test_config_holds_plain_values_and_rebuilds_the_pipeline(self, report: str) -> None:
        nlp = spacy.blank("zh")
        nlp.add_pipe("extract_claims", config={"spans_key": "said"})
        again = spacy.util.load_model_from_config(spacy.util.load_config_from_str(nlp.config.to_str()))
        read, written = again(report), nlp(report)
        assert [span.text for span in read.spans["said"]] == [span.text for span in written.spans["said"]]
        assert len(read.spans["said"]) == len(read._.claims)

    def test_what_is_assigned_is_declared(self, claims_nlp: Language) -> None:
        assigns = Language.get_factory_meta("extract_claims").assigns
        assert {"doc.spans", "doc._.claims", "doc._.pairs", "doc._.findings"} <= set(assigns)
        assert claims_nlp.analyze_pipes()["problems"] == {"extract_claims": []}


class TestSaving:
    def test_a_saved_pipeline_finds_the_same(self, tmp_path: Path, report: str) -> None:
        nlp = spacy.blank("zh")
        for name in FACTORIES:
            nlp.add_pipe(name)
        nlp.to_disk(tmp_path / "pipeline")
        for again in (spacy.load(tmp_path / "pipeline"), _twin(nlp).from_bytes(nlp.to_bytes())):
            assert again.pipe_names == nlp.pipe_names
            assert again(report)._.claims == nlp(report)._.claims
            assert again(report).to_bytes(exclude=["strings"]) == nlp(report).to_bytes(exclude=["strings"])

    def test_units_of_ones_own_are_saved(self, tmp_path: Path) -> None:
        nlp = spacy.blank("zh")
        nlp.add_pipe("extract_quantities").units = parse_units(OWN_UNITS)  # type: ignore[attr-defined]
        nlp.to_disk(tmp_path)
        for again in (spacy.load(tmp_path), _twin(nlp).from_bytes(nlp.to_bytes())):
            doc = again("青桐县种茶20垧子")
            assert [(s.text, s.kb_id_) for s in doc.spans["quantities"]] == [("20垧子", "垧子")]
            assert again.get_pipe("extract_quantities").units == parse_units(OWN_UNITS)  # type: ignore[attr-defined]

    def test_the_packages_own_units_are_not_saved(self, tmp_path: Path) -> None:
        tagger = QuantityTagger(name="q", spans_key="q", units=parse_units(OWN_UNITS))
        tagger.to_disk(tmp_path / "q")
        assert (tmp_path / "q" / "units.tsv").exists()
        tagger.units = default_units()
        tagger.to_disk(tmp_path / "q")
        assert list((tmp_path / "q").iterdir()) == []
        assert tagger.to_bytes() == b""

    def test_loading_brings_back_the_saved_table_whatever_was_there(self, tmp_path: Path) -> None:
        QuantityTagger(name="q", spans_key="q").to_disk(tmp_path / "q")
        tagger = QuantityTagger(name="q", spans_key="q", units=parse_units(OWN_UNITS))
        assert tagger.from_disk(tmp_path / "q") is tagger
        assert tagger.units == default_units()

    def test_a_unit_table_as_a_file_reads_back(self) -> None:
        assert parse_units(render_units(default_units())) == default_units()


def _twin(nlp: Language) -> Language:
    twin = spacy.blank("zh")
    for name in nlp.pipe_names:
        twin.add_pipe(name)
    return twin


class TestExtensions:
    @pytest.fixture(autouse=True)
    def _only_ours_afterwards(self) -> Iterator[None]:
        _forget()
        yield
        _forget()
        install_extensions()

    def test_nothing_is_registered_by_an_import(self) -> None:
        program = "import extract.components; from spacy.tokens import Doc; print(Doc.has_extension('claims'))"
        assert _output(program) == "False\n"

    def test_a_pipeline_registers_them(self) -> None:
        spacy.blank("zh").add_pipe("extract_quantities")
        assert all(Doc.has_extension(name) for name in ("quantities", "claims", "pairs", "findings"))

    def test_twice_is_once(self) -> None:
        install_extensions()
        install_extensions()
        assert all(Doc.has_extension(name) for name in _EXTENSIONS)

    @pytest.mark.parametrize("name", ["claims", "pairs", "findings", "quantities", "extract_records"])
    def test_a_foreign_name_is_named_and_nothing_registered(self, name: str) -> None:
        Doc.set_extension(name, default=["theirs"])
        with pytest.raises(ExtensionError, match=rf"doc\._\.{name}: already registered.*remove_extension\('{name}'\)"):
            install_extensions()
        assert [other for other in _EXTENSIONS if Doc.has_extension(other)] == [name]
        assert spacy.blank("zh")("x")._.get(name) == ["theirs"]

    def test_a_pipeline_does_not_swallow_it(self) -> None:
        Doc.set_extension("claims", getter=len)
        with pytest.raises(ExtractError, match=r"doc\._\.claims"):
            spacy.blank("zh").add_pipe("extract_claims")


def _forget() -> None:
    for name in _EXTENSIONS:
        if Doc.has_extension(name):
            Doc.remove_extension(name)
