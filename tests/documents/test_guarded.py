"""The child that reads: bounded, alone, used again, and never the cause of another document's failure."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents import guarded, read_document
from extract.documents.content import Content, PagePicture, Pictures
from extract.documents.guarded import Limits, guarded_content, guarded_pictures, limits_of
from extract.documents.pdf.pictures import page_pictures
from extract.documents.sniffing import Format
from extract.documents.wire import answer_of, framed, next_frame, outcome_of
from extract.errors import ReadError, UsageError
from extract.offsets import CharSpan
from extract.records import Grid, Origin, Stretch
from tests.cli.commands import command_line, environment

MIB = 1024 * 1024
SHORT = Limits(20.0, 1024 * MIB)
needs_posix = pytest.mark.skipif(os.name == "nt", reason="limits and groups of processes are POSIX")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc or the limit of memory")


@pytest.fixture(autouse=True)
def fresh_child() -> Iterator[None]:
    guarded.end_child()
    yield
    guarded.end_child()


def asked(reader: str, data: bytes = b"", limits: Limits = SHORT) -> str:
    return guarded_content(data, reader=("tests.documents.hostile_readers", reader), where="a.doc", limits=limits).text


HARMFUL = {
    "hangs": (Limits(0.5, 1024 * MIB), "not read within 0.5 seconds", "0.5 秒内未能读完"),
    "spins": (Limits(0.5, 1024 * MIB), "not read within 0.5 seconds", "0.5 秒内未能读完"),
    "eats_memory": (Limits(20.0, 512 * MIB), "more than 512 MiB of memory", "内存超过 512 MiB"),
    "crashes": (SHORT, "crashed on it (SIGSEGV)", "意外终止"),
    "exits": (SHORT, "SystemExit", "读取失败"),
    "leaves": (SHORT, "crashed on it (exit code 7)", "意外终止"),
    "recurses": (SHORT, "RecursionError", "读取失败"),
    "stumbles": (SHORT, "KeyError: 'a part that nobody foresaw'", "读取失败"),
    "returns_nothing": (SHORT, "no content", "读取失败"),
    "writes_much": (SHORT, "", ""),
}


@needs_linux
@pytest.mark.parametrize("reader", HARMFUL)
def test_harm_ends_in_a_line_and_the_next_document_is_read(reader: str) -> None:
    limits, said, said_zh = HARMFUL[reader]
    began = time.monotonic()
    with pytest.raises(ReadError) as caught:
        asked(reader, limits=limits)
    assert str(caught.value).startswith("a.doc: ")
    assert said in str(caught.value)
    assert said_zh in caught.value.zh
    assert "\n" not in str(caught.value) + caught.value.zh
    assert time.monotonic() - began < 15
    assert asked("counts").startswith(("1 ", "2 "))


def test_one_child_reads_many_documents() -> None:
    (first, one), (second, two) = asked("counts").split(), asked("counts").split()
    assert (first, second, one) == ("1", "2", two)


def test_a_worn_child_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "MAX_DOCUMENTS", 2)
    assert [asked("counts").split()[0] for _ in range(5)] == ["1", "2", "1", "2", "1"]


@needs_posix
def test_what_was_read_before_never_fails_a_document() -> None:
    assert [asked("crashes_when_used") for _ in range(3)] == ["read"] * 3


@needs_posix
def test_a_child_that_died_in_between_is_replaced() -> None:
    asked("counts")
    os.kill(guarded._KEPT_CHILD[0].process.pid, 9)
    assert asked("counts").split()[0] == "1"


def test_what_readers_print_reaches_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    assert asked("chatters") == "unharmedb''"
    assert capfd.readouterr() == ("", "")


@needs_linux
def test_the_child_inherits_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    with (tmp_path / "open.txt").open("w") as held:
        os.set_inheritable(held.fileno(), True)
        seen = json.loads(asked("looks_around"))
    assert "SECRET_TOKEN" not in seen["environment"]
    assert {kind for kind in seen["open"] if not kind.startswith(("/proc", "/dev/null"))} == {"pipe"}
    assert Path(seen["folder"]).name.startswith("extract-")
    guarded.end_child()
    assert not Path(seen["folder"]).exists()


@needs_linux
def test_programs_that_the_child_started_end_with_it(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with pytest.raises(ReadError, match="not read within"):
        asked("hangs_with_company", str(told).encode(), Limits(1.5, 1024 * MIB))
    assert _ends(int(told.read_text()))


@needs_linux
def test_a_reader_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = asked("calls", str(server.getsockname()[1]).encode())
    if answer == "reached":
        pytest.skip("this kernel lets no unprivileged process leave the network")
    assert answer == "no way"


def _ends(pid: int) -> bool:
    for _ in range(100):
        try:
            if "State:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


_ASKS = """
import sys
from extract.documents import guarded
sys.path.insert(0, {root!r})
guarded._Child.__init__.__globals__["sys"].path.insert(0, {root!r})
from threading import Timer
Timer(0.8, lambda: print(guarded._KEPT_CHILD[0].process.pid, flush=True)).start()
guarded.guarded_content(b"", reader=("tests.documents.hostile_readers", "hangs"), where="a")
"""


@needs_linux
@pytest.mark.parametrize("number", [2, 9], ids=["Ctrl-C", "killed"])
def test_the_child_ends_when_its_parent_is_ended(number: int) -> None:
    root = str(Path(__file__).parents[2])
    parent = subprocess.Popen(
        [sys.executable, "-c", _ASKS.format(root=root)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
        parent.send_signal(number)
        assert parent.wait(10) != 0
    assert _ends(child)


@needs_posix
def test_after_a_fork_each_process_has_a_child_of_its_own() -> None:
    before = asked("counts").split()[1]
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        with contextlib.suppress(BaseException):
            os.write(writing, asked("counts").encode())
            guarded.end_child()
        os._exit(0)
    os.waitpid(pid, 0)
    theirs = os.read(reading, 100).decode().split()
    os.close(reading)
    os.close(writing)
    assert theirs[0] == "1"
    assert asked("counts").split() == ["2", before]


def test_threads_take_turns() -> None:
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(asked("counts"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(answer.split()[0]) for answer in answers) == [1, 2, 3, 4, 5, 6]


def test_plain_text_starts_no_child(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("供地764宗", encoding="utf-8")
    code = (
        "import sys, extract; extract.read(sys.argv[1])\n"
        "assert not {'subprocess', 'extract.documents.guarded', 'extract.documents.child'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("name", ["EXTRACT_READ_SECONDS", "EXTRACT_READ_MEMORY"])
def test_limits_can_be_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "7")
    assert limits_of(Format.DOCX) == (
        (7, guarded.USUAL.memory) if "SECONDS" in name else (guarded.USUAL.seconds, 7 * MIB)
    )
    for wrong in ("0", "-1", "x", "1e9", "٣"):
        monkeypatch.setenv(name, wrong)
        with pytest.raises(UsageError, match=name):
            limits_of(Format.DOCX)


@needs_linux
def test_too_little_time_is_an_error_record_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = Path(__file__).parent / "samples" / "report.docx"
    done = subprocess.run(
        command_line("run", sample),
        env=environment(EXTRACT_READ_MEMORY="1"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert json.loads(done.stdout)["kind"] == "error"


@pytest.mark.parametrize("kind", ["docx", "doc"])
def test_guarded_or_not_the_document_is_the_same(kind: str) -> None:
    sample = Path(__file__).parent / "samples" / f"report.{kind}"
    assert read_document(sample) == read_document(sample, guarded=False)


# The messages

_LENGTH = 40  #: of every text below, so that its spans are easily made
_spans = st.lists(st.integers(0, _LENGTH), min_size=2, max_size=2, unique=True).map(
    lambda ends: CharSpan(*sorted(ends))
)
_numbers = st.floats(allow_nan=False, allow_infinity=False)
_text = st.text(st.characters(exclude_categories=("Cs",)))
_edges = st.lists(_numbers, min_size=2, max_size=2).map(sorted).map(tuple)
_boxes = st.tuples(_edges, _edges).map(lambda sides: (sides[0][0], sides[1][0], sides[0][1], sides[1][1]))
_grids = st.builds(
    Grid,
    rows=st.lists(
        st.lists(st.none() | st.lists(_spans, min_size=1, max_size=3).map(tuple), max_size=4).map(tuple), max_size=4
    ).map(tuple),
    span=_spans,
    caption=_text,
)
_stretches = st.builds(
    Stretch,
    span=_spans,
    page=st.none() | st.integers(1, 9999),
    box=st.none() | _boxes,
    edges=st.lists(_edges, max_size=5).map(tuple),
    part=_text,
    origin=st.sampled_from(Origin),
)


def _apart(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Those of ``stretches`` that follow one another in the text."""
    kept = list[Stretch]()
    for stretch in sorted(stretches, key=lambda stretch: stretch.span):
        kept += [] if kept and stretch.span.start < kept[-1].span.end else [stretch]
    return tuple(kept)


_contents = st.builds(
    Content,
    text=st.text(st.characters(exclude_categories=("Cs",)), min_size=_LENGTH, max_size=_LENGTH),
    media_type=_text,
    grids=st.none() | st.lists(_grids, max_size=3).map(tuple),
    stretches=st.lists(_stretches, max_size=4).map(_apart),
    pages=st.none() | st.integers(0, 9999),
    notes=st.lists(_text, max_size=3).map(tuple),
)


@given(_contents)
def test_content_comes_back_as_it_went(content: Content) -> None:
    assert outcome_of(answer_of(content)) == content


_sides = st.floats(0.1, 1e6)
_pngs = st.binary(max_size=20).map(lambda data: b"\x89PNG\r\n\x1a\n" + data)
_pages = st.lists(st.integers(1, 9999), max_size=3).map(tuple)
_pictures = st.builds(
    Pictures,
    st.lists(st.builds(PagePicture, st.integers(1, 9999), _sides, _sides, _pngs), max_size=3).map(tuple),
    _pages,
    _pages,
)


@given(_pictures)
def test_pictures_come_back_as_they_went(pictures: Pictures) -> None:
    assert outcome_of(answer_of(pictures)) == pictures


def test_pages_are_drawn_in_the_child_as_they_are_drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (Path(__file__).parent / "pdf_files" / "browser.pdf").read_bytes()
    assert guarded_pictures(data, where="a.pdf", pages=[3, 1]) == page_pictures(data, where="a.pdf", pages=[3, 1])
    with pytest.raises(ReadError, match=r"a\.pdf: cut off"):
        guarded_pictures(data[:5000], where="a.pdf", pages=[1])
    monkeypatch.setattr(guarded, "limits_of", lambda _: Limits(0.001, 1024 * MIB))
    with pytest.raises(ReadError, match="not read within"):
        guarded_pictures(data, where="a.pdf", pages=[1, 2, 3])


@given(st.text(st.characters()), st.text(st.characters()))
def test_an_error_comes_back_as_it_went(message: str, zh: str) -> None:
    error = outcome_of(answer_of(ReadError(message, zh=zh)))
    assert isinstance(error, ReadError)
    assert (str(error), error.zh) == (message, zh)


SENSELESS = (
    *(b"", b"{", b"[]", b"3", b"null", b"{}", b'{"content": 3}', b'{"content": {}}', b'{"error": "x"}'),
    *(b'{"error": {"en": 1, "zh": 2}}', b"[" * 100_000, b"\xff"),
    b'{"content":{"text":1,"media_type":"","grids":null,"stretches":[],"pages":null,"notes":[]}}',
    b'{"content":{"text":"","media_type":"","grids":[[0,0,"",[],[]]],"stretches":[],"pages":null,"notes":[]}}',
    b'{"content":{"text":"","media_type":"","grids":[[0,1,"",[null],[[9]]]],"stretches":[],"pages":null,"notes":[]}}',
    b'{"content":{"text":"","media_type":"","grids":null,"stretches":[[0,1]],"pages":null,"notes":[]}}',
    b'{"content":{"text":"","media_type":"","grids":null,"stretches":[],"pages":-1,"notes":[]}}',
    *(b'{"pictures": 3}', b'{"pictures": [[], []]}', b'{"pictures": [[], [-1], []]}', b'{"pictures": [[[1]], [], []]}'),
    b'{"pictures": [[[1, 595, 842, "R0lGODlh"]], [], []]}',
    b'{"pictures": [[[1, 595, NaN, "iVBORw0KGgo="]], [], []]}',
    b'{"pictures": [[[1, 0, 842, "iVBORw0KGgo="]], [], []]}',
    b'{"pictures": [[[1, 595, 842, "\\" onload="]], [], []]}',
)


def _answer(text: str = "供地", *, grids: str = "null", stretch: str = "") -> bytes:
    written = f'"media_type":"","grids":{grids},"stretches":[{stretch}],"pages":null,"notes":[],"unread":0'
    return f'{{"content":{{"text":"{text}",{written}}}}}'.encode()


_PLAIN = '[0,2,1,[0,0,9,9],[0,4,5,9],"","text"]'


def test_the_answer_that_is_spoilt_below_is_taken() -> None:
    assert isinstance(outcome_of(_answer(grids='[[0,2,"",[[[0,1]]],[[0]]]]', stretch=_PLAIN)), Content)


#: what → an answer that is spoilt in one place
SPOILT = {
    "half of a character": _answer("供\\ud800"),
    "a span beyond the text": _answer(stretch='[0,3,1,null,[],"","text"]'),
    "a grid beyond the text": _answer(grids='[[0,3,"",[],[]]]'),
    "a cell beyond the text": _answer(grids='[[0,2,"",[[[0,3]]],[[0]]]]'),
    "stretches out of order": _answer(stretch='[1,2,1,null,[],"","text"],[0,1,1,null,[],"","text"]'),
    "stretches that overlap": _answer(stretch='[0,2,1,null,[],"","text"],[1,2,1,null,[],"","text"]'),
    "a box of no number": _answer(stretch=_PLAIN.replace("[0,0,9,9]", "[0,NaN,9,9]")),
    "a box without an end": _answer(stretch=_PLAIN.replace("[0,0,9,9]", "[0,0,Infinity,9]")),
    "a box of a huge number": _answer(stretch=_PLAIN.replace("[0,0,9,9]", f"[0,0,{10**400},9]")),
    "a box that ends before it begins": _answer(stretch=_PLAIN.replace("[0,0,9,9]", "[9,0,0,9]")),
    "a box upside down": _answer(stretch=_PLAIN.replace("[0,0,9,9]", "[0,9,9,0]")),
    "an edge of no number": _answer(stretch=_PLAIN.replace("[0,4,5,9]", "[0,-Infinity,5,9]")),
    "edges that cross": _answer(stretch=_PLAIN.replace("[0,4,5,9]", "[4,0,5,9]")),
}


@pytest.mark.parametrize("answer", SPOILT.values(), ids=SPOILT)
def test_an_answer_that_no_reader_gives_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        outcome_of(answer)


@pytest.mark.parametrize("answer", SENSELESS, ids=range(len(SENSELESS)))
def test_a_senseless_answer_is_no_content(answer: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        outcome_of(answer)


@given(st.lists(st.binary(max_size=50), max_size=4))
def test_messages_stay_apart(messages: list[bytes]) -> None:
    pipe = io.BytesIO(b"".join(map(framed, messages)))
    assert [next_frame(pipe, at_most=50) for _ in messages] == messages
    assert next_frame(pipe, at_most=50) is None


@pytest.mark.parametrize("sent", [b"51\n" + bytes(51), b"x\n", b"-1\n", b"9" * 40])
def test_no_message_is_refused(sent: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        next_frame(io.BytesIO(sent), at_most=50)


@pytest.mark.parametrize("sent", [b"", b"5", b"5\nabc"])
def test_a_message_cut_off_is_none(sent: bytes) -> None:
    assert next_frame(io.BytesIO(sent), at_most=50) is None
