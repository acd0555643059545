"""The process in which untrusted files are read: bounded, alone, and talking JSON over two pipes.

It is started by ``guarded.py`` and reads one document after another. A request is two messages, a JSON head and the
file's bytes; the answer is one (``wire.py``). When its parent goes, it ends with everything that it started.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import sys
import threading
from importlib import import_module
from typing import IO, Any, NamedTuple

from extract.documents.content import Content, Pictures
from extract.documents.wire import answer_of, framed, next_frame
from extract.errors import ReadError

MAX_WRITTEN = 512 * 1024 * 1024  #: bytes of one file that a reader, or a program that it starts, may write
OUT_OF_MEMORY = 86  #: the exit code that says so
MAX_REQUEST = 64 * 1024 * 1024
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


class _Request(NamedTuple):
    head: dict[str, Any]
    data: bytes


def main() -> None:
    """Answers requests until there are no more."""
    given, answers = _private(0, "rb", os.O_RDONLY), _private(1, "wb", os.O_WRONLY)
    _leave_network()
    requests: queue.SimpleQueue[_Request] = queue.SimpleQueue()
    busy = threading.Event()
    threading.Thread(target=_listen, args=(given, requests, busy), daemon=True).start()
    while True:
        request = requests.get()
        outcome = _outcome(request)
        busy.clear()
        answers.write(framed(answer_of(outcome)))
        answers.flush()


def _private(number: int, mode: str, flags: int) -> IO[bytes]:
    """The pipe that was given as descriptor ``number``, moved out of reach of what readers and programs print."""
    pipe: IO[bytes] = os.fdopen(os.dup(number), mode)
    nothing = os.open(os.devnull, flags)
    os.dup2(nothing, number)
    os.close(nothing)
    return pipe


def _listen(given: IO[bytes], requests: queue.SimpleQueue[_Request], busy: threading.Event) -> None:
    """Takes in requests; when the parent has gone, also in the middle of a document, ends all that runs here."""
    try:
        while (head := next_frame(given, at_most=MAX_REQUEST)) is not None:
            data = next_frame(given, at_most=MAX_REQUEST)
            if data is None:
                break
            busy.set()
            requests.put(_Request(json.loads(head), data))
    finally:
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)  # the scratch folder, which its parent may not remove
        if busy.is_set() and hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os._exit(0)


def _outcome(request: _Request) -> Content | Pictures | ReadError:
    where = str(request.head["where"])
    _bound(memory=int(request.head["memory"]), seconds=int(request.head["cpu_seconds"]))
    try:
        reader = getattr(import_module(request.head["module"]), request.head["function"])
        outcome = reader(request.data, where=where, **request.head["options"])
    except ReadError as error:
        return error
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing that is left in it can be relied on
    except (Exception, SystemExit) as error:
        return _unforeseen(where, error)
    if not isinstance(outcome, Content | Pictures):
        return _unforeseen(where, TypeError(f"a {type(outcome).__name__}, no content"))
    return outcome


def _unforeseen(where: str, error: BaseException) -> ReadError:
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return ReadError(
        f"{where}: damaged, or written in a way that its reader does not foresee ({what}); "
        "open it in the program that wrote it and save it anew",
        zh=f"{where}：文件已损坏或写法特殊，读取失败（{what}）；请用原程序打开后另存",
    )


def _bound(*, memory: int, seconds: int) -> None:
    """Limits what the next document may use, as far as the system knows such limits (Windows knows none).

    The number of processes is not limited: that limit counts all processes of the user, and threads too.
    """
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds += int(used.ru_utime + used.ru_stime) + 1
    limits = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, MAX_WRITTEN))
    for kind, most in (*limits, (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        with contextlib.suppress(ValueError, OSError):  # macOS refuses a limit of memory
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _leave_network() -> None:
    """Cuts this process and what it starts off from every network, where Linux lets it."""
    if sys.platform != "linux":
        return
    try:
        import ctypes

        unshare = ctypes.CDLL(None).unshare
    except (ImportError, AttributeError, OSError):
        return
    if unshare(_NEW_NETWORK) != 0:
        unshare(_NEW_USER | _NEW_NETWORK)
