"""Help, wrong usage, and the language that the program speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract import __version__
from tests.cli.commands import started, started_alone

COMMANDS = ("run", "quantities", "text", "annotate", "evaluate")


def is_chinese(text: str) -> bool:
    return re.search("[一-鿿]", text) is not None


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_speaks_the_language(command: str, language: str) -> None:
    ended = started(*command.split(), "--help", "--lang", language)
    shown = ended.out.decode("utf-8")
    assert (ended.code, ended.said) == (0, "")
    assert is_chinese(shown) == (language == "zh")
    assert f"{'用法：' if language == 'zh' else 'usage: '}extract {command}".rstrip() in shown


def test_help_names_every_command() -> None:
    shown = started("--help").out.decode("utf-8")
    assert all(re.search(rf"^ +{command} +\S", shown, re.M) for command in COMMANDS)


@pytest.mark.parametrize(
    ("changes", "zh"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "de_DE.UTF-8"}, False),
    ],
)
def test_locale_chooses_the_language(changes: dict[str, str], zh: bool) -> None:
    assert is_chinese(started("--help", **changes).out.decode("utf-8")) == zh
    assert is_chinese(started("run", "/no/such", "--lang", "en", **changes).said) is False


def test_version() -> None:
    assert started("--version").out.decode() == f"extract {__version__}\n"


def test_chinese_help_on_a_stream_that_knows_no_chinese_is_no_crash() -> None:
    ended = started_alone("--help", "--lang", "zh", PYTHONIOENCODING="ascii")
    assert ended.code == 0
    assert "Traceback" not in ended.said


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        ([], "arguments are required", "缺少参数"),
        (["run"], "required: PATH", "缺少参数：PATH"),
        (["run", "a.txt", "--format", "docx"], "invalid choice: 'docx'", "'docx' 不可用"),
        (["run", "a.txt", "--fail-on", "hint"], "invalid choice: 'hint'", "'hint' 不可用"),
        (["run", "a.txt", "--colour"], "unrecognized arguments: --colour", "无法识别的参数：--colour"),
        (["run", "a.txt", "-o"], "expected one argument", "需要一个值"),
        (["walk"], "invalid choice: 'walk'", "'walk' 不可用"),
        (["annotate", "eat", "a.ann"], "invalid choice: 'eat'", "'eat' 不可用"),
        (["annotate", "export", "a.ann"], "say where to with -o DIR", "请用 -o 指定输出文件夹"),
    ],
)
def test_wrong_usage_is_said_in_both_languages(words: list[str], en: str, zh: str) -> None:
    for language, expected in (("en", en), ("zh", zh)):
        ended = started(*words, "--lang", language)
        assert (ended.code, ended.out) == (2, b"")
        assert expected in ended.said
        assert "Traceback" not in ended.said


@pytest.mark.parametrize("command", ["run", "audit", "report"])
@pytest.mark.parametrize(("language", "usage"), [("en", "usage: "), ("zh", "用法：")])
def test_a_wrong_option_shows_the_usage_of_its_own_command(command: str, language: str, usage: str) -> None:
    ended = started(command, "a.txt", "-o", "b.html", "--colour", "--lang", language)
    assert ended.code == 2
    assert ended.said.startswith(f"{usage}extract {command} ")
    assert "--colour" in ended.said


@pytest.mark.parametrize("command", ["run", "audit", "text"])
def test_an_annotated_report_is_no_report(command: str, tmp_path: Path) -> None:
    path = tmp_path / "r.ann"
    path.write_text("--- text\n计划{5个|target other}。\n", encoding="utf-8")
    for language in ("en", "zh"):
        ended = started(command, path, "--lang", language)
        assert ended.code == 3
        assert "extract annotate export" in ended.said
