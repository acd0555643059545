"""The parts of the fuzzing loop that need no fuzzer: changes, faults, slow texts, the notebook, shrinking."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import extract
from tests.fuzz import slowness, target
from tests.fuzz.mutation import crossed, mutated
from tests.fuzz.notebook import Found, Notebook, read_notebook
from tests.fuzz.report import main as report
from tests.fuzz.shrinking import shrunk
from tests.fuzz.slowness import SlowTexts
from tests.fuzz.target import decoded, encoded, fault_of


def test_a_change_is_repeatable_and_keeps_within_the_length() -> None:
    for seed in range(300):
        text = mutated("实际供地764宗3185.9公顷", Random(seed), longest=40)
        assert text == mutated("实际供地764宗3185.9公顷", Random(seed), longest=40)
        assert len(text) <= 40
        assert len(crossed(text, "12" * 30, Random(seed), longest=40)) <= 40


def test_changes_reach_every_kind_of_text() -> None:
    texts = [mutated("完成95%", Random(seed), longest=2000) for seed in range(500)]
    assert len(set(texts)) > 450
    assert max(map(len, texts)) > 500
    assert any("万" in text for text in texts)
    assert "" in (mutated("1", Random(seed), longest=2000) for seed in range(500))


@pytest.mark.parametrize("data", [b"", "完成95%".encode(), b"\xff\xfe1", "完成".encode()[:-1]])
def test_any_bytes_are_a_text_that_gives_them_back(data: bytes) -> None:
    assert encoded(decoded(data)) == data


def test_a_surrogate_that_no_byte_gives_is_encoded_all_the_same() -> None:
    assert encoded("1\ud8001") == b"1?1"


def test_a_fault_is_named_for_its_kind_and_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "find_quantities", lambda text, *, everything: (text.index("宗"),))
    assert fault_of("无") == "ValueError in the check itself"


def test_a_span_outside_the_text_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract.find_quantities("12345宗")
    monkeypatch.setattr(extract, "find_quantities", lambda text, *, everything: found)
    assert fault_of("短") == "BrokenPromiseError in the check itself"
    monkeypatch.setattr(extract, "find_quantities", lambda text, *, everything: (*found, *found))
    assert fault_of("12345宗12345宗") == "BrokenPromiseError in the check itself"


def test_a_sound_text_shows_no_fault() -> None:
    assert fault_of("计划供地700宗，实际供地764宗。") is None


def test_some_texts_are_read_over_and_over_too() -> None:
    long = [text for n in range(300) if (text := target.stretched(f"{n}万元")) is not None]
    assert 2 <= len(long) <= 30
    assert {len(text) for text in long} == {target.STRETCHED}
    assert target.stretched("") is None


def test_a_text_is_slow_when_it_stays_far_above_the_median(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = {"usual": 0.001, "slow": 5.0}
    monkeypatch.setattr(slowness, "seconds_of", lambda read, text: cost.get(text, 0.001))
    slow = SlowTexts()
    assert slow.excess("slow", len) is None  # no median yet
    assert [slow.excess("usual", len) for _ in range(slowness.ENOUGH)] == [None] * slowness.ENOUGH
    excess = slow.excess("slow", len)
    assert excess is not None
    assert excess > slowness.FAR_ABOVE


def test_a_text_that_was_slow_only_once_was_disturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = SlowTexts()
    monkeypatch.setattr(slowness, "seconds_of", lambda read, text: 0.001)
    for _ in range(slowness.ENOUGH):
        slow.excess("usual", len)
    times = iter([5.0, 0.001, 5.0, 5.0])
    monkeypatch.setattr(slowness, "seconds_of", lambda read, text: next(times))
    assert slow.excess("usual", len) is None


def test_the_notebook_keeps_the_shortest_text_of_a_fault(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path)
    for text in ("中等长", "最长的一个", "短\ud800", "短二三"):
        notebook.note("ValueError in a", text)
    assert list(read_notebook(tmp_path)) == [Found("ValueError in a", "短\ud800", 0.0)]
    Notebook(tmp_path).note("ValueError in a", "又一个长的")
    assert [found.text for found in read_notebook(tmp_path)] == ["短\ud800"]


def test_the_notebook_keeps_the_slowest_texts(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path)
    for excess in range(50):
        notebook.note_slow(f"第{excess}", float(excess))
    assert sorted(found.excess for found in read_notebook(tmp_path)) == [float(excess) for excess in range(30, 50)]


def test_shrinking_keeps_what_shows_the_fault_and_makes_the_rest_plain() -> None:
    assert shrunk("新建泵站14座，投资8.000.00余万元。", lambda text: ".000." in text) == ".000."
    assert shrunk("甲乙3丙", lambda text: len(text) >= 3 and text[1].isdigit()) == "字1字"


def test_shrinking_ends_when_its_trials_are_used_up() -> None:
    trials: list[str] = []

    def shows(text: str) -> bool:
        trials.append(text)
        return False

    shrunk("一" * 1000, shows, trials=50)
    assert len(trials) == 50


def test_the_report_names_each_fault_with_its_smallest_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Notebook(tmp_path).note("ValueError in a", "新建泵站14座，投资八千万元")
    Notebook(tmp_path).note("KeyError in b", "无")
    Notebook(tmp_path).note_slow("1," * 100, 55.0)
    monkeypatch.setattr("tests.fuzz.report.fault_of", lambda text: "ValueError in a" if "千" in text else None)
    assert report(tmp_path) == 1
    said = capsys.readouterr().out.splitlines()
    assert "ValueError in a: '千'" in said
    assert "KeyError in b: '无' (only inside the loop; alone it passes)" in said
    assert said[-1].startswith("slow: 55 times the median cost of a character; 200 characters take ")


def test_an_empty_notebook_is_nothing_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(tmp_path) == 0
    assert capsys.readouterr().out == "nothing found\n"
