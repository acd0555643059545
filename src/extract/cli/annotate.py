"""``extract annotate``: check annotated reports, convert them to and from the gold shape, compare two of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from extract.annotation.checker import check_report
from extract.annotation.gold import gold_files, report_from_gold
from extract.annotation.markup import AnnotatedReport, parse_markup, render_markup
from extract.cli.outcomes import DONE, UNREADABLE, say
from extract.cli.output import Stdout
from extract.errors import MarkupError, UsageError
from extract.lexicons import default_units
from extract.slots.catalogue import default_catalogue


def command(arguments: argparse.Namespace) -> int:
    if arguments.action == "check":
        return _check(arguments)
    if arguments.action == "agreement":
        from extract.cli import agreement

        return agreement.command(arguments)
    if arguments.action == "import" and arguments.gold is None:
        raise UsageError("import needs --gold DIR", zh="import 需要 --gold 文件夹")
    folder, outcome = _folder(arguments.output), DONE
    for path in map(Path, arguments.paths):
        try:
            files = _converted(path, arguments.gold if arguments.action == "import" else None)
        except MarkupError as error:
            say(arguments.lang, en=str(error), zh=str(error))
            outcome = UNREADABLE
            continue
        for name, text in files.items():
            _write(folder / name, text)
    return outcome


def _converted(path: Path, gold: str | None) -> dict[str, str]:
    """File name → content: the gold files of a marked up report, or the markup of a text that has ``gold``."""
    if gold is None:
        return gold_files(_report(path))
    report = report_from_gold(path.stem, _text(path), Path(gold))
    return {f"{path.stem}.ann": render_markup(report, units=default_units())}


def _check(arguments: argparse.Namespace) -> int:
    """Prints every fault with its line; exit code 3 if there is one."""
    faults = 0
    slots = frozenset(default_catalogue().slots)
    for path in map(Path, arguments.paths):
        try:
            report = _report(path)
        except MarkupError as error:
            say(arguments.lang, en=str(error), zh=str(error))
            faults += 1
            continue
        for fault in check_report(report, slots=slots):
            say(arguments.lang, en=fault, zh=fault)
            faults += 1
        if arguments.values:
            Stdout().write(_values(report))
    return UNREADABLE if faults else DONE


def _values(report: AnnotatedReport) -> list[str]:
    out = []
    for mention in report.mentions:
        number = f"{mention.low}–{mention.high}" if mention.low is not None else f"{mention.number}"
        fields = (number, mention.unit, mention.dimension, mention.approx, mention.role, mention.slot)
        surface = mention.span.of(report.text).replace("\n", " ")
        out.append(f"{report.name}\t{mention.name}\t{surface}\t" + "\t".join(fields) + "\n")
    return out


def _report(path: Path) -> AnnotatedReport:
    return parse_markup(_text(path), name=path.stem, units=default_units())


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MarkupError(f"{path}: {error}; annotated reports are UTF-8 files") from error


def _folder(output: str | None) -> Path:
    if output is None:
        raise UsageError("say where to with -o DIR", zh="请用 -o 指定输出文件夹")
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    temporary.write_bytes(text.encode("utf-8"))
    temporary.replace(path)
