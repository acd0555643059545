"""Formats that LibreOffice reads for us: it saves them as .docx, which is then read as any other.

It runs without a window, without macros, with a profile of its own, and, being started inside the child that reads
(``child.py``), within the time of that child and mostly without network. Wherever it is missing, the message says what
to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from extract.documents.content import Content
from extract.documents.docx import read_docx
from extract.errors import ReadError

SECONDS = 100  #: for one document; the child's own limit stands behind it
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/usr/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SET = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Inet/Settings", "ooInetProxyType", "1"),  # every request to a proxy that is none
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read_rtf(data: bytes, *, where: str) -> Content:
    """The text of a rich text document."""
    return read_with_office(data, suffix=".rtf", media_type="application/rtf", where=where)


def read_odt(data: bytes, *, where: str) -> Content:
    """The text of an OpenDocument text."""
    media_type = "application/vnd.oasis.opendocument.text"
    return read_with_office(data, suffix=".odt", media_type=media_type, where=where)


def read_with_office(data: bytes, *, suffix: str, media_type: str, where: str) -> Content:
    """What LibreOffice makes of a document whose name would end in ``suffix``.

    Raises:
        ReadError: if LibreOffice is missing, fails on it or takes too long.
    """
    program = office_program()
    if program is None:
        raise ReadError(
            f"{where}: a document that only LibreOffice can read ({suffix}), and it is not installed; "
            "install LibreOffice Writer, or save the document as .docx",
            zh=f"{where}：该格式（{suffix}）需借助 LibreOffice 读取，而本机未安装；请安装，或另存为 .docx",
        )
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        made = _converted(program, data, suffix, Path(folder), where)
        content = read_docx(made, where=where)
    return replace(content, media_type=media_type)


def office_program() -> str | None:
    """Where LibreOffice is; None where it is not."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def _converted(program: str, data: bytes, suffix: str, folder: Path, where: str) -> bytes:
    given, profile = folder / f"document{suffix}", folder / "profile"
    given.write_bytes(data)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SET)
    settings.write_text(_SETTINGS.format(items=items), encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(given)]
    environment = os.environ | {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
            start_new_session=False,  # it ends with the child that reads
        )
    except subprocess.TimeoutExpired as error:
        raise _failed(where, f"took more than {SECONDS} seconds", f"超过 {SECONDS} 秒") from error
    except OSError as error:
        raise _failed(where, f"could not be started: {error}", "无法启动") from error
    made = folder / "made" / "document.docx"
    if not made.is_file():
        said = " ".join(done.stderr.decode(sys.getfilesystemencoding(), "replace").split())[-200:]
        raise _failed(where, f"made no text of it ({said or f'exit code {done.returncode}'})", "转换失败")
    return made.read_bytes()


def _failed(where: str, what: str, what_zh: str) -> ReadError:
    return ReadError(
        f"{where}: LibreOffice {what}; the file may be damaged or protected: open it in Word and save it as .docx",
        zh=f"{where}：LibreOffice {what_zh}，文件可能已损坏或受保护；请用 Word 打开后另存为 .docx",
    )
