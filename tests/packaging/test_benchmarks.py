"""What ``scripts/bench`` measures on and says; how fast anything is, is for the bench to say and not for a test."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The modules of ``scripts/benchmarks``, by name."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from benchmarks import loading, peers, readers, texts, timing

    yield SimpleNamespace(loading=loading, peers=peers, readers=readers, texts=texts, timing=timing)
    for name in [name for name in sys.modules if name.partition(".")[0] == "benchmarks"]:
        del sys.modules[name]


@pytest.fixture
def reports(tmp_path: Path) -> list[str]:
    """Two short files, the second with a mark of byte order."""
    (tmp_path / "a.txt").write_text("完成12个。\n\n新建3座。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("投入5万元。\n", encoding="utf-8-sig")
    return [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


def test_every_row_has_a_reader_a_way_and_a_listed_peer(bench: Any) -> None:
    peers = {"", *(peer.name for peer in bench.peers.listed_peers())}
    rows = (*bench.readers.OURS, *bench.readers.PEERS)
    assert {row.peer for row in rows} == peers
    assert {row.reader for row in rows} == set(bench.loading.LOADERS)
    assert {row.way for row in rows} == set(bench.texts.WAYS)


def test_packages_of_peers_have_exact_versions(bench: Any) -> None:
    packages = [package for peer in bench.peers.listed_peers() for package in peer.packages]
    assert len(packages) >= 3
    assert [package for package in packages if not re.fullmatch(r"[\w.-]+==[\w.]+", package)] == []


def test_a_peer_that_cannot_be_installed_is_left_out_and_named(
    bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench.peers, "listed_peers", lambda: [bench.peers.Peer("nobody", ("nobody==1.0",))])
    monkeypatch.setattr(bench.peers, "_complaint", lambda command: "ERROR: none" if "pip" in command else "")
    assert bench.peers.environments(tmp_path) == {}
    assert capsys.readouterr().out == "nobody: skipped, pip could not install nobody==1.0: ERROR: none\n"


def test_a_peer_is_installed_once_for_the_same_versions(
    bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def complaint(command: list[str]) -> str:
        commands.append(command)
        (tmp_path / "one").mkdir(exist_ok=True)
        return ""

    monkeypatch.setattr(bench.peers, "_complaint", complaint)
    for version, installs in (("1.0", 1), ("1.0", 1), ("1.1", 2)):
        peer = bench.peers.Peer("one", (f"one=={version}",))
        assert bench.peers.complaint_about(peer, tmp_path / "one") == ""
        assert len(commands) == 2 * installs


def test_the_last_error_of_an_install_is_told(bench: Any) -> None:
    said = "import sys; sys.exit('Looking\\nERROR: no such version\\nnotice')"
    assert bench.peers._complaint([sys.executable, "-c", said]) == "ERROR: no such version"
    assert bench.peers._complaint([sys.executable, "-c", "import sys; sys.exit(3)"]) == "exit code 3"
    assert bench.peers._complaint([sys.executable, "-c", ""]) == ""


def test_pieces_are_about_a_million_characters_in_the_same_order_each_time(bench: Any, reports: list[str]) -> None:
    for way in bench.texts.WAYS:
        pieces = bench.texts.pieces(reports, way)
        assert pieces == bench.texts.pieces(reports, way)
        assert abs(sum(map(len, pieces)) - bench.texts.LONG) < 30
    assert set(bench.texts.pieces(reports, "line")) == {"完成12个。", "新建3座。", "投入5万元。"}
    assert set(bench.texts.pieces(reports, "document")) == {"完成12个。\n\n新建3座。\n", "投入5万元。\n"}


def test_texts_have_the_length_asked_for(bench: Any, reports: list[str]) -> None:
    assert [len(bench.texts.text_of_length(reports, n)) for n in (1, 10, 1000)] == [1, 10, 1000]
    line = bench.texts.single_line(reports, 1000)
    assert len(line.splitlines()) == 1
    assert 997 < len(line.encode()) <= 1000


def test_empty_texts_are_refused(bench: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    with pytest.raises(SystemExit, match="empty"):
        bench.texts.documents([str(tmp_path / "empty.txt")])


def test_a_slow_reader_is_given_fewer_pieces_but_one_at_least(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.timing, "cpu_seconds", lambda action: 1.0)
    assert bench.timing.pieces_within(2.5, len, ["一"] * 10) == ["一"] * 3
    assert bench.timing.pieces_within(0.1, len, ["一"] * 10) == ["一"]
    assert bench.timing.pieces_within(99.0, len, ["一"] * 10) == ["一"] * 10


def test_the_bare_scan_is_measured_in_a_process_of_its_own(
    bench: Any, reports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "scripts"))
    timing = bench.readers.timing_of(bench.readers.OURS[0], sys.executable, reports, 60.0)
    assert timing.whole
    assert timing.characters == len(bench.texts.long_text(reports))
    assert timing.seconds > 0
    assert timing.peak > 1
    missing = bench.readers.timing_of(bench.readers.Row("no such reader", "text"), sys.executable, reports, 60.0)
    assert missing == "not measured: KeyError: 'no such reader'"
