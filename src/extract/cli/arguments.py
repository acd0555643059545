"""What can be typed: commands and options, with help in Chinese or English."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from extract.version import __version__

LANGUAGES = ("zh", "en")
_SEVERITIES = ("low", "medium", "high")
_HEADS = {"zh": ("参数", "选项", "命令", "用法："), "en": ("arguments", "options", "commands", "usage: ")}


def parse_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """The command line read; wrong usage ends the program with exit code 2 and help ends it with 0."""
    language = _language(argv)
    parser = _root(language)
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        arguments.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    arguments.lang = language
    return arguments


def _language(argv: Sequence[str]) -> str:
    for index, word in enumerate(argv):
        if word == "--lang" and index + 1 < len(argv) and argv[index + 1] in LANGUAGES:
            return argv[index + 1]
        if word.startswith("--lang=") and word[7:] in LANGUAGES:
            return word[7:]
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def _root(language: str) -> argparse.ArgumentParser:
    def text(en: str, zh: str) -> str:
        return zh if language == "zh" else en

    parser = _parser(
        language,
        prog="extract",
        description=text(
            "Reads Chinese performance reports and lays every figure on the table: "
            "promised or delivered, target beside actual, and what does not follow.",
            "读取绩效自评报告，列出每一个数字：是目标还是完成，目标与实际对照，以及哪些数字对不上。",
        ),
    )
    parser.add_argument(
        "--version", action="version", version=f"extract {__version__}", help=text("print the version", "显示版本")
    )
    _add_language(parser, text)
    commands = parser.add_subparsers(title=_HEADS[language][2], required=True, metavar="COMMAND")

    def add(name: str, what: str, runner: str) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, help=what, description=what, add_help=False, formatter_class=_formatter(language)
        )
        _localise(command, language)
        command.set_defaults(command=_runner(runner), parser=command)
        _add_language(command, text)
        return command

    _add_run(add("run", text("the main job: reports in, records out", "主任务：读入报告，输出记录"), "run"), text)
    _add_audit(add("audit", text("what a reviewer asks, most severe first", "列出审核问题，从重到轻"), "audit"), text)
    _add_report(add("report", text("a page of findings beside the text", "生成问题与原文对照的网页"), "report"), text)
    _add_quantities(add("quantities", text("numbers and units only", "只读数字和单位"), "quantities"), text)
    _add_text(add("text", text("the text that every span counts in", "输出所有位置所依据的文本"), "text"), text)
    _add_annotate(
        add("annotate", text("check, convert and compare annotated reports", "检查、转换、比较标注文件"), "annotate"),
        text,
    )
    _add_evaluate(add("evaluate", text("measure against annotations", "对照标注衡量结果"), "evaluate"), text)
    _add_train(add("train", text("learn from annotated reports", "从标注文件训练模型"), "train"), text)
    return parser


Text = Callable[[str, str], str]


def _add_run(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=text("files, folders, or - for text on stdin", "文件、文件夹，或 - 表示标准输入"),
    )
    command.add_argument("-o", "--output", metavar="OUT", help=text("write the records to this file", "结果写入此文件"))
    command.add_argument(
        "--format",
        choices=("jsonl", "csv", "html"),
        default="jsonl",
        help=text(
            "form of the records; csv writes a folder of tables, html a page to read",
            "输出格式；csv 输出为含多张表的文件夹，html 为可阅读的网页",
        ),
    )
    command.add_argument(
        "--resume", action="store_true", help=text("go on with an interrupted run to OUT", "接着上次中断处继续")
    )
    command.add_argument(
        "--summary",
        action="store_true",
        help=text(
            "print a summary to read; with -o, of the first documents beside the records",
            "显示便于阅读的摘要；与 -o 同用时，另显示前几份报告的摘要",
        ),
    )
    _add_judging(command, text)
    command.add_argument(
        "--all",
        action="store_true",
        dest="everything",
        help=text("give what was set aside too", "同时输出被排除的数字"),
    )
    command.set_defaults(pages=False)


def _add_judging(command: argparse.ArgumentParser, text: Text) -> None:
    """What decides on findings, and whether they fail the run."""
    command.add_argument(
        "--model",
        metavar="DIR",
        help=text("decide with the models in this folder", "使用此文件夹中的模型"),
    )
    _add_profile(command, text)
    command.add_argument(
        "--fail-on",
        choices=_SEVERITIES,
        help=text("exit code 1 if a finding is as severe as this", "有不低于此严重程度的问题时，退出码为 1"),
    )


def _add_profile(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "--profile",
        metavar="NAME",
        help=text(
            "rules of a place or kind of form; without, the national one of the report's kind",
            "按某地、某类表的规定核对（默认按报告类型取全国通用的规定）",
        ),
    )


def _add_audit(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=text("files, folders, or - for text on stdin", "文件、文件夹，或 - 表示标准输入"),
    )
    _add_judging(command, text)
    command.add_argument(
        "--accept",
        metavar="FILE",
        help=text(
            "findings accepted with a reason: counted apart until their figures change",
            "已接受的问题及理由（数字未变即不再计入，单独列出）",
        ),
    )
    command.add_argument(
        "--accept-all",
        metavar="REASON",
        help=text(
            "write all findings that are open into the file of --accept with this reason",
            "将现有问题连同此理由写入 --accept 所指的文件",
        ),
    )
    command.add_argument(
        "--comments",
        metavar="OUT.docx",
        help=text("a copy of the one Word report with findings as comments", "另存一份 Word 报告，问题写成批注"),
    )


def _add_report(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=text("files, folders, or - for text on stdin", "文件、文件夹，或 - 表示标准输入"),
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="OUT.html",
        required=True,
        help=text("the page to write; only .html is offered now", "输出的网页；目前只支持 .html"),
    )
    command.add_argument(
        "--pages",
        action="store_true",
        help=text(
            "show the pages of PDFs too, with a box around each figure where it is printed",
            "另附 PDF 的页面图像，在原处框出每个数字",
        ),
    )
    _add_profile(command, text)
    command.set_defaults(format="html", resume=False, fail_on=None, everything=False, summary=False, model=None)


def _add_quantities(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "path", metavar="PATH", help=text("a text file, or - for stdin", "文本文件，或 - 表示标准输入")
    )
    command.add_argument(
        "--jsonl", action="store_true", help=text('each line is {"id", "text"}', '每行为 {"id", "text"}')
    )
    command.add_argument(
        "--all",
        action="store_true",
        dest="everything",
        help=text("give what is no quantity too, with its kind", "同时输出不是数量的数字及其类别"),
    )


def _add_text(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("path", metavar="PATH", help=text("a report", "报告文件"))


def _add_annotate(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "action",
        choices=("check", "export", "import", "agreement"),
        help=text(
            "check markup; export it to gold; import gold to markup; agreement of two annotations of the same reports",
            "check 检查标注；export 转为 gold；import 由 gold 转回；agreement 比较同一批报告的两份标注",
        ),
    )
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=text(
            "annotated reports (.ann); for import the reports' texts; for agreement two files or folders",
            "标注文件（.ann）；import 时为报告文本；agreement 时为两个文件或文件夹",
        ),
    )
    command.add_argument("-o", "--output", metavar="DIR", help=text("folder to write to", "输出文件夹"))
    command.add_argument(
        "--gold", metavar="DIR", help=text("folder of gold files, for import", "gold 文件夹（import 用）")
    )
    command.add_argument(
        "--values", action="store_true", help=text("print each mention with the value read", "列出每个标注及其读出的值")
    )
    _add_measuring(command, text)


def _add_evaluate(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "gold",
        nargs="+",
        metavar="GOLD",
        help=text(
            "annotated reports: .ann, NAME.mentions.jsonl, or folders of them",
            "标注文件：.ann、NAME.mentions.jsonl 或其所在文件夹",
        ),
    )
    command.add_argument(
        "--predictions",
        nargs="+",
        metavar="FILE.jsonl",
        help=text(
            "measure what 'extract run' wrote, instead of running now", "衡量 extract run 已写出的结果，不再运行"
        ),
    )
    command.add_argument(
        "--by",
        choices=("layout", "sector", "batch"),
        help=text("give the scores of each group of reports too", "另按报告分组列出"),
    )
    _add_measuring(command, text)


def _add_train(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "annotations",
        nargs="+",
        metavar="ANNOTATIONS",
        help=text("annotated reports: .ann files or folders of them", "标注文件：.ann 文件或其所在文件夹"),
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="MODELS",
        required=True,
        help=text("write the models to this folder", "模型写入此文件夹"),
    )
    command.add_argument(
        "--study",
        action="store_true",
        help=text(
            "write STUDY.md too: what each kind of feature is worth (takes a quarter of an hour)",
            "另写 STUDY.md：各类特征的作用（约需一刻钟）",
        ),
    )


def _add_measuring(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument(
        "--errors",
        type=int,
        default=0,
        metavar="N",
        help=text("list up to N places of each kind where the two sides differ", "每类差异最多列出 N 处"),
    )
    command.add_argument("--json", action="store_true", help=text("print one JSON object", "输出一个 JSON 对象"))
    command.add_argument(
        "--texts",
        metavar="DIR",
        help=text(
            "where the texts of gold files lie, if not beside them", "gold 文件对应文本所在的文件夹（默认同目录）"
        ),
    )


def _runner(module: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        from importlib import import_module

        return int(import_module(f"extract.cli.{module}").command(arguments))

    return run


def _add_language(parser: argparse.ArgumentParser, text: Text) -> None:
    parser.add_argument("-h", "--help", action="help", help=text("show this help", "显示帮助"))
    parser.add_argument("--lang", choices=LANGUAGES, help=text("language of help and messages", "帮助和提示的语言"))


def _parser(language: str, **settings: Any) -> argparse.ArgumentParser:
    parser = (_ChineseParser if language == "zh" else argparse.ArgumentParser)(
        add_help=False, formatter_class=_formatter(language), **settings
    )
    _localise(parser, language)
    return parser


class _ChineseParser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with a command line (its subcommands are of the same class)."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in _ZH_ERRORS:
            message = pattern.sub(words, message)
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}：{message}\n")


_ZH_ERRORS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"^the following arguments are required: ", "缺少参数："),
        (r"^unrecognized arguments: ", "无法识别的参数："),
        (r"^ambiguous option: (\S+) could match (.+)", r"选项 \1 不明确，可以是 \2"),
        (r"invalid choice: (.+?) \(choose from (.+)\)$", r"\1 不可用（可选：\2）"),
        (r"invalid int value: (.+)$", r"\1 不是整数"),
        (r"expected (?:one|at least one) argument$", "需要一个值"),
        (r"ignored explicit argument (.+)$", r"不带值，却给出了 \1"),
        (r"^argument ([^:]+): ", r"参数 \1："),
    )
)


def _localise(parser: argparse.ArgumentParser, language: str) -> None:
    parser._positionals.title, parser._optionals.title = _HEADS[language][:2]


def _formatter(language: str) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.HelpFormatter):
        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, _HEADS[language][3] if prefix is None else prefix)

    return Formatter
