"""Prints how much of each report every format keeps: claims and pairs equal to those read from its text."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

from extract.documents.reading import document_from_bytes
from extract.errors import ReadError
from extract.records import Extraction
from rendering.boxes import boxes_read_again
from rendering.comparing import Likeness, findings_of, likeness
from rendering.programs import converted, has_office, scanned
from rendering.sources import Part, text_of, typed_parts
from rendering.writers import web_page, word_file, workbook

#: sample reports of different sectors and layouts; forms with merged levels of indicators among them
REPORTS = (
    "baisha-agriculture-2023",
    "boquan-tuiyijunren-2020",
    "hengchuan-finance-2022",
    "hongzhou-jiaoyu-2022",
    "huaijiang-naturalresources-2023",
    "lanshan-ziranziyuan-2023",
    "lingdong-transport-2022",
    "xishan-hr-2021",
)
_Make = Callable[[tuple[Part, ...]], bytes]


def _by_office(write: _Make, suffix: str, into: str) -> _Make:
    return lambda parts: converted(write(parts), suffix, into)


#: a format → what makes a report's file in it, and that file's ending
FORMATS: dict[str, tuple[_Make, str]] = {
    "docx": (word_file, ".docx"),
    "html": (web_page, ".html"),
    "xlsx": (workbook, ".xlsx"),
    "pdf": (_by_office(word_file, ".docx", ".pdf"), ".pdf"),
    "doc": (_by_office(word_file, ".docx", ".doc"), ".doc"),
    "odt": (_by_office(word_file, ".docx", ".odt"), ".odt"),
    "rtf": (_by_office(word_file, ".docx", ".rtf"), ".rtf"),
    "xls": (_by_office(workbook, ".xlsx", ".xls"), ".xls"),
    "ods": (_by_office(workbook, ".xlsx", ".ods"), ".ods"),
    "office html": (_by_office(word_file, ".docx", ".html"), ".html"),
    "scan": (lambda parts: scanned(converted(word_file(parts), ".docx", ".pdf")), ".pdf"),
}
PLAIN = ("docx", "html", "xlsx")  #: formats that need no program from outside Python


def main() -> None:
    arguments = _parsed()
    kept: dict[str, list[Likeness]] = {}
    for name in arguments.reports or REPORTS:
        text = text_of((arguments.annotations / f"{name}.ann").read_bytes().decode(), name)
        source = findings_of(document_from_bytes(text.encode(), name=f"{name}.txt", where=name))
        for kind, line, alike in _compared(name, typed_parts(text), source, arguments.formats, arguments.keep):
            print(f"{name:30} {kind:12} {line}", flush=True)
            if alike is not None:
                kept.setdefault(kind, []).append(alike)
                for key in (*alike.missing[: arguments.errors], "|", *alike.added[: arguments.errors]):
                    print(f"    {key}")
    for kind, each in kept.items():
        claims, pairs = mean(a.claims for a in each), mean(a.pairs for a in each)
        print(f"{'mean of ' + str(len(each)):30} {kind:12} claims {claims:.4f}  pairs {pairs:.4f}")


def _compared(
    name: str, parts: tuple[Part, ...], source: Extraction, formats: list[str], keep: Path | None
) -> Iterator[tuple[str, str, Likeness | None]]:
    for kind in formats:
        make, suffix = FORMATS[kind]
        data = make(parts)
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{name}.{kind.replace(' ', '-')}{suffix}").write_bytes(data)
        try:
            read = findings_of(document_from_bytes(data, name=f"{name}{suffix}", where=f"{name}{suffix}"))
        except ReadError as error:
            yield kind, str(error), None
            continue
        alike = likeness(source, read)
        line = f"claims {alike.claims:.4f}  pairs {alike.pairs:.4f}  of {len(source.claims)}"
        if kind == "pdf":
            boxes = boxes_read_again(read, data)
            line += f"  boxes {boxes.right} of {boxes.claims} right {list(boxes.wrong)[:3] or ''}"
        yield kind, line, alike


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="formats", description=__doc__)
    parser.add_argument("reports", nargs="*", metavar="REPORT", help="names of sample reports; without: eight of them")
    parser.add_argument("--annotations", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=None, metavar="FORMAT")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the files there")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show what differs, N of each kind")
    arguments = parser.parse_args()
    if arguments.formats is None:
        arguments.formats = list(FORMATS) if has_office() else list(PLAIN)
        if not has_office():
            print("formats: LibreOffice is missing (Debian: libreoffice-writer libreoffice-calc); only", *PLAIN)
    return arguments


if __name__ == "__main__":
    main()
