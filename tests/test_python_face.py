"""The Python face: ``import extract`` and what it hands out."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

import extract
from extract import extraction, records
from extract.export import frames
from extract.export.jsonl import claim_record

ROOT = Path(__file__).resolve().parents[1]
TEXT = "一、绩效目标\n计划供地700宗。\n二、完成情况\n实际供地764宗，面积3185.9公顷。\n"
TABLE = "指标名称\t年度指标值\t实际完成值\n新建提水站（座）\t3\t2\n群众满意度\t≥90%\t92.5%\n"
HEAVY = ("spacy", "sklearn", "yaml", "rich", "regex", "pandas", "pyarrow", "numpy", "extract.records", "extract.face")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "2022年度青桐县自然资源局绩效自评报告.txt"
    path.write_bytes((TEXT + TABLE).encode("utf-8"))
    return path


class TestImport:
    def test_import_loads_nothing_else(self) -> None:
        assert _loaded("import extract") == []

    @pytest.mark.parametrize(
        "program",
        ["import extract; extract.extract('供地764宗')", "from extract import find_quantities; find_quantities('3元')"],
    )
    def test_extracting_loads_no_heavy_library(self, program: str) -> None:
        assert not {"spacy", "sklearn", "pandas", "pyarrow", "numpy", "rich"} & set(_loaded(program))

    @pytest.mark.parametrize("name", extract.__all__)
    def test_every_public_name_is_there(self, name: str) -> None:
        assert getattr(extract, name) is not None
        assert name in dir(extract)

    def test_every_public_name_is_one_that_type_checkers_see(self) -> None:
        source = (ROOT / "src" / "extract" / "__init__.py").read_text(encoding="utf-8")
        typed = set(re.findall(r"\b\w+\b", source[source.index("if TYPE_CHECKING:") : source.index("__all__ =")]))
        assert set(extract.__all__) - {"__version__"} <= typed

    def test_every_record_and_closed_set_of_a_result_is_public(self) -> None:
        for kind in (records.Claim, records.Pair, records.Finding, records.Quantity, records.Role, records.Verdict):
            assert getattr(extract, kind.__name__) is kind

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="'extract' has no attribute 'claims_of'"):
            extract.claims_of  # type: ignore[attr-defined]  # noqa: B018
        with pytest.raises(ImportError, match="claims_of"):
            from extract import claims_of  # type: ignore[attr-defined]  # noqa: F401

    def test_function_and_module_of_like_names_stand_side_by_side(self) -> None:
        program = "import extract.extraction, extract; print(callable(extract.extract), extract.extraction.__name__)"
        assert _output(program) == "True extract.extraction\n"

    def test_star_import_gives_the_public_names(self) -> None:
        assert _output("from extract import *; print(extract('供地764宗').claims[0].role.value)") == "actual\n"


def _output(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {program}"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _loaded(program: str) -> list[str]:
    """Which of the modules worth avoiding ``program`` has loaded."""
    return _output(f"{program}; print(*[m for m in {HEAVY!r} if m in sys.modules])").split()


class TestFindQuantities:
    def test_spans_are_of_the_string(self) -> None:
        text = "供地764宗3185.9公顷"
        assert [(q.span.of(text), q.number, q.unit) for q in extract.find_quantities(text)] == [
            ("764宗", Decimal("764"), "宗"),
            ("3185.9公顷", Decimal("3185.9"), "公顷"),
        ]

    def test_everything_keeps_what_is_none(self) -> None:
        text = "2022年供地764宗"
        assert [q.kind.value for q in extract.find_quantities(text, everything=True)] == ["year", "quantity"]
        assert [q.kind.value for q in extract.find_quantities(text)] == ["quantity"]

    def test_nothing_in_an_empty_text(self) -> None:
        assert extract.find_quantities("") == ()


class TestRead:
    def test_document_has_text_segments_and_tables(self, report: Path) -> None:
        document = extract.read(report)
        assert document.text == TEXT + TABLE
        assert (document.name, document.year, len(document.sha256)) == (report.name, None, 64)
        assert [segment.kind.value for segment in document.segments][:2] == ["heading", "sentence"]
        assert [cell.span.of(document.text) for cell in document.tables[0].cells if cell.span][:3] == [
            "指标名称",
            "年度指标值",
            "实际完成值",
        ]

    def test_a_path_may_be_a_string(self, report: Path) -> None:
        assert extract.read(str(report)) == extract.read(report)

    def test_a_missing_file_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(extract.ReadError, match=r"none\.txt"):
            extract.read(tmp_path / "none.txt")


class TestExtract:
    def test_document_in_everything_found_out(self, report: Path) -> None:
        document = extract.read(report)
        result = extract.extract(document)
        assert result.document is document
        assert all(claim.id.startswith(f"{report.name}#") for claim in result.claims)
        assert {pair.verdict for pair in result.pairs} >= {extract.Verdict.EXCEEDED, extract.Verdict.MISSED}

    def test_a_string_gives_what_the_core_gives(self) -> None:
        result, core = extract.extract(TEXT), extraction.extract(TEXT)
        assert result.claims
        for part in ("document", "claims", "pairs", "findings", "holds", "excluded"):
            assert getattr(result, part) == getattr(core, part)

    def test_nothing_in_an_empty_text(self) -> None:
        result = extract.extract("")
        assert (result.claims, result.pairs, result.findings) == ((), (), ())

    def test_a_result_is_a_record_as_any_other(self) -> None:
        result = extract.extract(TEXT)
        assert isinstance(result, records.Extraction)
        assert type(replace(result, pairs=())) is extract.Extraction
        assert pickle.loads(pickle.dumps(result)) == result == extract.extract(TEXT)
        with pytest.raises(FrozenInstanceError):
            result.claims = ()  # type: ignore[misc]
        with pytest.raises((AttributeError, TypeError)):
            result.note = "x"  # type: ignore[attr-defined]


class TestArrow:
    @pytest.fixture(autouse=True)
    def _needs_arrow(self) -> None:
        pytest.importorskip("pyarrow")

    def test_a_row_a_claim_with_the_records_own_keys_and_values(self) -> None:
        result = extract.extract(TEXT + TABLE)
        table = result.to_arrow()
        assert table.to_pylist() == [claim_record(claim, result.document) for claim in result.claims]
        assert any(row["cell"] for row in table.to_pylist())

    def test_columns_are_the_same_without_claims(self) -> None:
        assert extract.extract("").to_arrow().schema == extract.extract(TEXT).to_arrow().schema

    def test_every_key_of_the_record_is_a_column(self) -> None:
        (claim,) = extract.extract("供地764宗").claims
        record = claim_record(claim, extract.extract("供地764宗").document)
        assert extract.extract("").to_arrow().column_names == list(record)


class TestDataFrame:
    def test_a_row_a_claim_in_text_order(self) -> None:
        pytest.importorskip("pyarrow")
        pytest.importorskip("pandas")
        result = extract.extract(TEXT + TABLE)
        frame = result.to_dataframe()
        assert list(frame["text"]) == [claim.span.of(TEXT + TABLE) for claim in result.claims]
        assert frame.loc[0, ["number", "unit", "role", "start"]].tolist() == ["700", "宗", "target", 11]
        assert {"cell.row", "cell.column_header", "confidence.role"} <= set(frame.columns)
        assert str(frame["cell.row"].dtype) == str(frame["start"].dtype) == "Int64"
        assert frame["cell.row"].isna().tolist() == [claim.cell is None for claim in result.claims]

    def test_columns_are_the_same_without_claims(self) -> None:
        pytest.importorskip("pyarrow")
        pytest.importorskip("pandas")
        empty = extract.extract("").to_dataframe()
        assert len(empty) == 0
        assert list(empty.columns) == list(extract.extract(TEXT).to_dataframe().columns)

    @pytest.mark.parametrize("missing", ["pyarrow", "pandas"])
    def test_a_missing_library_says_what_to_install(self, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(frames, "import_module", _without(missing))
        with pytest.raises(frames.MissingExtraError, match=r"pip install 'zh-claim-extract\[frames\]'") as caught:
            extract.extract(TEXT).to_dataframe()
        assert isinstance(caught.value, extract.ExtractError)
        assert isinstance(caught.value, ImportError)
        assert caught.value.name == missing


def _without(missing: str) -> Callable[[str], ModuleType]:
    """An ``import_module`` for which one library is not installed."""

    def load(name: str) -> ModuleType:
        if name == missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return ModuleType(name)

    return load
