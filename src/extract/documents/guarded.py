"""Reads an untrusted file in a process of its own, within limits of time and memory.

A damaged or hostile file may hang a parser, eat all memory or crash it. So every format but plain text is read in a
child (``child.py``) that has no descriptors but two pipes, a minimal environment, limits of its own where the system
knows them, no network where Linux lets it go without, and a scratch folder that is removed with it. What it sends back
is JSON and is checked. The child is kept for the next documents; it is started anew after a crash, a time-out and
``MAX_DOCUMENTS`` documents. A document that fails in a used child is tried again in a fresh one, so that what comes out
never depends on what was read before.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from extract.documents.child import OUT_OF_MEMORY
from extract.documents.content import Content, Pictures
from extract.documents.sniffing import Format
from extract.documents.wire import framed, next_frame, outcome_of
from extract.errors import ReadError, UsageError

MAX_DOCUMENTS = 200  #: that one child reads
MAX_ANSWER = 512 * 1024 * 1024  #: bytes that it may send back
GRACE = 2.0  #: seconds that an idle child has to end by itself
_MIB = 1024 * 1024
_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from extract.documents.child import main; main()"
_KEPT = (
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("SYSTEMROOT", "PROGRAMFILES", "PROGRAMFILES(X86)", "NUMBER_OF_PROCESSORS", "PATHEXT"),
)


class Limits(NamedTuple):
    """What reading one document may take."""

    seconds: float  #: by the clock on the wall
    memory: int  #: bytes of address space


USUAL = Limits(60.0, 2048 * _MIB)
LIMITS = {  #: of the formats that take more than usual
    Format.PDF: Limits(180.0, 2048 * _MIB),  # 1,000 pages take 40 seconds on a busy machine; scans: limits_of
    Format.IMAGE: Limits(900.0, 6144 * _MIB),  # recognition takes seconds a page
    Format.DOC: Limits(120.0, 4096 * _MIB),  # the three that LibreOffice may have to read
    Format.RTF: Limits(120.0, 4096 * _MIB),
    Format.ODT: Limits(120.0, 4096 * _MIB),
}


SECONDS_A_PICTURE = 60.0  #: for a page that is recognised; 3 to 30 were measured on a busy machine of two cores


def limits_of(kind: Format, *, pictures: int = 0) -> Limits:
    """What a document of ``kind`` may take of which ``pictures`` pages are recognised.

    EXTRACT_READ_SECONDS and EXTRACT_READ_MEMORY (MiB) say otherwise.

    Raises:
        UsageError: if one of them is no number above 0.
    """
    usual = LIMITS.get(kind, USUAL)
    if pictures:
        recognising = LIMITS[Format.IMAGE]
        usual = Limits(usual.seconds + pictures * SECONDS_A_PICTURE, recognising.memory)
    seconds, memory = _wished("EXTRACT_READ_SECONDS"), _wished("EXTRACT_READ_MEMORY")
    return Limits(usual.seconds if seconds is None else seconds, usual.memory if memory is None else memory * _MIB)


def _wished(name: str) -> int | None:
    written = os.environ.get(name, "")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and 0 < len(written) < 8 and int(written)):
        raise UsageError(
            f"{name}={written!r}: no whole number above 0; give one or unset it",
            zh=f"{name}={written!r}：应为大于 0 的整数；请改正或取消该变量",
        )
    return int(written)


def guarded_content(data: bytes, *, reader: tuple[str, str], where: str, limits: Limits = USUAL) -> Content:
    """What ``reader`` (its module and its name there) makes of ``data``, in a child within ``limits``.

    Raises:
        ReadError: of the reader, or because it took too long, took too much memory or crashed.
    """
    outcome = _outcome(data, {"module": reader[0], "function": reader[1], "where": where, "options": {}}, limits)
    if not isinstance(outcome, Content):
        raise _senseless(where, TypeError("no content"))
    return outcome


def guarded_pictures(data: bytes, *, where: str, pages: Sequence[int]) -> Pictures:
    """Pictures of ``pages`` of a PDF, as ``page_pictures`` draws them, drawn in a child within the limits of PDFs.

    Raises:
        ReadError: if it cannot be opened, took too long, took too much memory or crashed.
    """
    named = {"module": "extract.documents.pdf.pictures", "function": "page_pictures"}
    outcome = _outcome(data, {**named, "where": where, "options": {"pages": list(pages)}}, limits_of(Format.PDF))
    if not isinstance(outcome, Pictures):
        raise _senseless(where, TypeError("no pictures"))
    return outcome


def _outcome(data: bytes, request: Mapping[str, Any], limits: Limits) -> Content | Pictures:
    with _LOCK:
        child = _child()
        used = child.documents > 0
        outcome = _asked(child, data, request, limits)
        if used and isinstance(outcome, ReadError) and not child.is_alive:
            outcome = _asked(_child(), data, request, limits)
    if isinstance(outcome, ReadError):
        raise outcome
    return outcome


def _asked(child: _Child, data: bytes, request: Mapping[str, Any], limits: Limits) -> Content | Pictures | ReadError:
    where = request["where"]
    head = {
        **request,
        "memory": limits.memory,
        "cpu_seconds": int(limits.seconds + 1) * (os.cpu_count() or 1),
    }
    try:
        answer = child.answer(framed(json.dumps(head).encode("ascii")), framed(data), seconds=limits.seconds)
        if answer is None:
            code = child.end(patience=GRACE)
            return _too_large(where, limits.memory) if code == OUT_OF_MEMORY else _crashed(where, code)
        outcome = outcome_of(answer)
    except TimeoutError:
        child.end()
        return _too_slow(where, limits.seconds)
    except ValueError as error:
        child.end()
        return _senseless(where, error)
    except BaseException:  # Ctrl-C above all: the child is not of the terminal's group and would go on
        child.end()
        raise
    return outcome


class _Child:
    """A process that reads documents, one at a time."""

    def __init__(self) -> None:
        self.documents = 0
        self.owner = os.getpid()
        self.is_alive = True
        self.folder = tempfile.mkdtemp(prefix="extract-")
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _START, json.dumps(_import_path())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self.folder,
                env=_environment(self.folder),
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def answer(self, *messages: bytes, seconds: float) -> bytes | None:
        """What it sends back; None if it ended instead.

        Raises:
            TimeoutError: if nothing came within ``seconds``.
            ValueError: if what came is no message.
        """
        self.documents += 1
        came: list[bytes | ValueError] = []
        talk = threading.Thread(target=self._talk, args=(messages, came), daemon=True)
        talk.start()
        talk.join(seconds)
        if talk.is_alive():
            raise TimeoutError
        if came and isinstance(came[0], ValueError):
            raise came[0]
        return came[0] if came and isinstance(came[0], bytes) else None

    def _talk(self, messages: tuple[bytes, ...], came: list[bytes | ValueError]) -> None:
        given, answers = self._pipes()
        try:
            for message in messages:
                given.write(message)
            given.flush()
            answer = next_frame(answers, at_most=MAX_ANSWER)
            came += [] if answer is None else [answer]
        except ValueError as error:
            came.append(error)
        except OSError:
            return

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        given, answers = self.process.stdin, self.process.stdout
        if given is None or answers is None:
            raise ValueError("a child without pipes")
        return given, answers

    def end(self, *, patience: float = 0.0) -> int:
        """Ends it, with all that it started, and removes its folder; gives its exit code.

        One that is ending by itself has ``patience`` seconds for it, so that its own code is known.
        """
        self.is_alive = False
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait()
        self._clean()
        return self.process.returncode

    def close(self) -> None:
        """Lets an idle one end by itself."""
        given, _ = self._pipes()
        with contextlib.suppress(OSError):
            given.close()
        self.end(patience=GRACE)

    def _clean(self) -> None:
        for pipe in self._pipes():
            with contextlib.suppress(OSError, ValueError):
                pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _import_path() -> list[str]:
    """Where the child finds the same modules as this process; never the folder that happens to be the current one."""
    package = str(Path(__file__).parents[2])
    return [package, *(entry for entry in sys.path if entry and Path(entry).is_absolute())]


def _environment(folder: str) -> dict[str, str]:
    """Little more than the way to programs: no secrets, and a home that goes when the child goes."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), folder)


_LOCK = threading.RLock()
_KEPT_CHILD: list[_Child] = []


def _child() -> _Child:
    """The child that is kept, or a new one where it has ended, is worn, or is that of the process before a fork."""
    if _KEPT_CHILD and _KEPT_CHILD[0].owner != os.getpid():
        _KEPT_CHILD.clear()
    if _KEPT_CHILD and (not _KEPT_CHILD[0].is_alive or _KEPT_CHILD[0].documents >= MAX_DOCUMENTS):
        end_child()
    if not _KEPT_CHILD:
        _KEPT_CHILD.append(_Child())
    return _KEPT_CHILD[0]


@atexit.register
def end_child() -> None:
    """Ends the child that is kept, if there is one."""
    while _KEPT_CHILD:
        child = _KEPT_CHILD.pop()
        if child.owner == os.getpid() and child.is_alive:
            child.close()


def _too_slow(where: str, seconds: float) -> ReadError:
    return ReadError(
        f"{where}: not read within {seconds:g} seconds, so it was given up; split the file, or save it anew; "
        "EXTRACT_READ_SECONDS=N allows more",
        zh=f"{where}：{seconds:g} 秒内未能读完，已放弃；请拆分文件或另存后再读；设置 EXTRACT_READ_SECONDS=N 可放宽",
    )


def _too_large(where: str, memory: int) -> ReadError:
    size = memory // _MIB
    return ReadError(
        f"{where}: reading it takes more than {size:,} MiB of memory; split the file, or save it anew; "
        "EXTRACT_READ_MEMORY=MIB allows more",
        zh=f"{where}：读取所需内存超过 {size:,} MiB；请拆分文件或另存后再读；设置 EXTRACT_READ_MEMORY=MIB 可放宽",
    )


def _crashed(where: str, code: int) -> ReadError:
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    if code < 0:
        with contextlib.suppress(ValueError):
            how = signal.Signals(-code).name
    return ReadError(
        f"{where}: its reader crashed on it ({how}); it is damaged or built to do harm: "
        "open it in the program that wrote it and save it anew",
        zh=f"{where}：读取程序意外终止（{how}），文件可能已损坏或含恶意内容；请用原程序打开后另存",
    )


def _senseless(where: str, error: ValueError | TypeError) -> ReadError:
    return ReadError(
        f"{where}: its reader gave no sensible answer ({error}); open it in the program that wrote it and save it anew",
        zh=f"{where}：读取程序返回的结果无效；请用原程序打开后另存",
    )
