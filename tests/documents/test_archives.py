"""An archive of reports is walked as if it were a folder; what is wrong with a member is told, the rest is read."""

from __future__ import annotations

import io
import os
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from extract.documents import find_documents, read_document, read_found
from extract.documents.archives import MAX_HEADERS, MAX_MEMBERS
from extract.errors import ReadError

WORDS = "全年供地764宗。".encode()
_LINK = 0o120777 << 16


def zipped(
    members: Mapping[str, bytes], *, links: tuple[str, ...] = (), methods: Mapping[str, int] = MappingProxyType({})
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = methods.get(name, zipfile.ZIP_DEFLATED)
            info.external_attr = _LINK if name in links else 0
            archive.writestr(info, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w:gz", *, links: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = 0 if name in links else len(data)
            info.type, info.linkname = (tarfile.SYMTYPE, "/etc/hostname") if name in links else (tarfile.REGTYPE, "")
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def walked(folder: Path, data: bytes, name: str = "reports.zip") -> dict[str, str]:
    """Name → text or message of everything that is found in the archive."""
    path = folder / name
    path.write_bytes(data)
    found, errors = {}, list[ReadError]()
    for document in find_documents([str(path)]):
        try:
            found[document.name] = read_found(document).text
        except ReadError as error:
            errors.append(error)
            found[document.name] = f"! {error}"
    assert all(words.startswith(str(path)) for error in errors for words in (str(error), error.zh))
    return found


PACKED = {
    "reports.zip": zipped,
    "reports.tar": lambda members: tarred(members, "w"),
    "reports.tar.gz": tarred,
    "reports.tgz": tarred,
    "无后缀": zipped,
}


@pytest.mark.parametrize("name", PACKED)
def test_documents_are_named_below_their_archive(name: str, tmp_path: Path) -> None:
    data = PACKED[name](
        {"水利/自评.txt": WORDS, "a.csv": "甲,5\n乙,6".encode(), "图.png": b"\x89PNG", "~$a.txt": WORDS}
    )
    assert walked(tmp_path, data, name) == {f"{name}/水利/自评.txt": WORDS.decode(), f"{name}/a.csv": "甲\t5\n乙\t6\n"}


def test_archives_in_folders_are_walked_too(tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "全部.zip").write_bytes(zipped({"甲/a.txt": WORDS}))
    (tmp_path / "b.txt").write_bytes(WORDS)
    assert [found.name for found in find_documents([str(tmp_path)])] == ["b.txt", "2023/全部.zip/甲/a.txt"]


@pytest.mark.parametrize(
    ("written", "flag", "name"),
    [("水利局".encode("gb18030"), 0, "水利局"), ("水利局".encode(), 0, "水利局"), ("水利局".encode(), 0x800, "水利局")],
)
def test_names_in_gbk_and_utf8(written: bytes, flag: int, name: str, tmp_path: Path) -> None:
    data = bytearray(zipped({"A" * len(written) + ".txt": WORDS}).replace(b"A" * len(written), written))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(mark) + place
        data[start : start + 2] = flag.to_bytes(2, "little")
    assert walked(tmp_path, bytes(data)) == {f"reports.zip/{name}.txt": WORDS.decode()}


#: what → (members, name of the one in question, words of the message)
TOLD = {
    "a path out of the archive": ({"../../x.txt": WORDS}, "x.txt", "leads out of the archive"),
    "an absolute path": ({"/etc/x.txt": WORDS}, "etc/x.txt", "leads out of the archive"),
    "a path of Windows": ({"C:\\x.txt": WORDS}, "C:/x.txt", "leads out of the archive"),
    "a bomb": ({"x.txt": b"0" * 30_000_000}, "x.txt", "unpacks from"),
    "an empty member": ({"x.txt": b""}, "x.txt", "empty"),
    "a document that is none": ({"x.docx": WORDS}, "x.docx", "named like a Word document"),
    "an archive in an archive in an archive": (
        {"1.zip": zipped({"2.zip": zipped({"x.txt": WORDS})})},
        *("1.zip/2.zip", "an archive inside an archive"),
    ),
    "an archive that is damaged": ({"1.zip": zipped({"x.txt": WORDS})[:60]}, "1.zip", "cut off or damaged"),
}


@pytest.mark.parametrize(("members", "name", "said"), TOLD.values(), ids=TOLD)
def test_bad_member_is_told_and_the_rest_is_read(
    members: dict[str, bytes], name: str, said: str, tmp_path: Path
) -> None:
    found = walked(tmp_path, zipped({**members, "好.txt": WORDS}))
    assert found.pop("reports.zip/好.txt") == WORDS.decode()
    ((told, message),) = found.items()
    assert told == f"reports.zip/{name}"
    assert said in message


def test_archive_in_an_archive_is_read(tmp_path: Path) -> None:
    data = zipped({"2023.tar.gz": tarred({"甲/x.txt": WORDS})})
    assert walked(tmp_path, data) == {"reports.zip/2023.tar.gz/甲/x.txt": WORDS.decode()}


@pytest.mark.parametrize(("pack", "name"), [(zipped, "reports.zip"), (tarred, "reports.tar.gz")])
def test_links_are_not_followed(pack: object, name: str, tmp_path: Path) -> None:
    data = pack({"x.txt": b"/etc/hostname", "好.txt": WORDS}, links=("x.txt",))  # type: ignore[operator]
    found = walked(tmp_path, data, name)
    assert found[f"{name}/好.txt"] == WORDS.decode()
    assert "a link" in found[f"{name}/x.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_in_steps_is_told(method: int, tmp_path: Path) -> None:
    found = walked(tmp_path, zipped({"x.txt": WORDS, "好.txt": WORDS}, methods={"x.txt": method}))
    assert found["reports.zip/好.txt"] == WORDS.decode()
    assert "packed in another way than usual" in found["reports.zip/x.txt"]


@pytest.mark.parametrize("error", [MemoryError, RuntimeError, struct.error, zlib.error, AttributeError])
def test_member_that_a_library_stumbles_over_is_told(
    error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(*_: object) -> bytes:
        raise error("no way on")

    monkeypatch.setattr(zipfile.ZipExtFile, "read", stumbles)
    assert "cut off or damaged (no way on)" in walked(tmp_path, zipped({"x.txt": WORDS}))["reports.zip/x.txt"]


def test_member_whose_head_is_cut_off_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"x.txt": WORDS, "好.txt": WORDS}))
    listed = data.index(b"PK\x01\x02")
    data[listed + 42 : listed + 46] = (len(data) - 9).to_bytes(4, "little")  # where its head stands
    found = walked(tmp_path, bytes(data))
    assert found["reports.zip/好.txt"] == WORDS.decode()
    assert "cut off or damaged" in found["reports.zip/x.txt"]


def _long_named(length: int, form: int) -> bytes:
    """A tar whose only file has a name of ``length`` characters."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=form) as archive:
        info = tarfile.TarInfo("甲" * (length - 4) + ".txt")
        info.size = len(WORDS)
        archive.addfile(info, io.BytesIO(WORDS))
    return out.getvalue()


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT], ids=["GNU", "PAX"])
def test_long_names_are_read_and_endless_ones_are_told(form: int, tmp_path: Path) -> None:
    assert list(walked(tmp_path, _long_named(300, form), "a.tgz").values()) == [WORDS.decode()]
    ((name, message),) = walked(tmp_path, _long_named(MAX_HEADERS, form), "a.tgz").items()
    assert name == "a.tgz"
    assert "headers of more than 1,048,576 bytes" in message


def test_files_with_long_names_are_no_long_headers(tmp_path: Path) -> None:
    data = tarred({f"{'甲' * 40}/{n}/{'乙' * 60}.txt": os.urandom(9000).hex().encode() for n in range(150)}, "w")
    assert len(data) > 2 * MAX_HEADERS
    assert not any(text.startswith("!") for text in walked(tmp_path, data, "a.tar").values())


def test_map_of_a_sparse_file_without_end_is_told(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    header, more = bytearray(info.tobuf(tarfile.GNU_FORMAT)), b"00000000001\0" * 42 + b"\1" + bytes(7)
    header[482] = 1  # it goes on
    header[148:156] = b" " * 8
    header[148:155] = b"%06o\0" % sum(header)
    message = walked(tmp_path, bytes(header) + more * 3000, "a.tar")["a.tar"]
    assert "headers of more than" in message


def test_headers_without_end_are_told(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 5
    header = info.tobuf(tarfile.GNU_FORMAT) + b"a.txt".ljust(512, b"\0")
    assert "cut off or damaged" in walked(tmp_path, header * 3000, "a.tar")["a.tar"]


def test_encrypted_member_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"x.txt": WORDS}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert "password" in walked(tmp_path, bytes(data))["reports.zip/x.txt"]


#: what → (archive, name, words of the message)
WHOLE = {
    "cut off": (zipped({"x.txt": WORDS * 99})[:-30], "a.zip", "cut off or damaged"),
    "a tar that is cut off": (tarred({"x.txt": os.urandom(50_000)})[:-90], "a.tar.gz", "cut off or damaged"),
    "no tar in it": (b"\x1f\x8b\x08" + bytes(80), "a.tgz", "cut off or damaged"),
    "too many members": (tarred(dict.fromkeys(map(str, range(MAX_MEMBERS + 2)), b"")), "a.tgz", "members"),
    "a bomb of many members": (
        zipped({f"{n}.txt": bytes([n, *range(256)] * 4000) * 30 for n in range(20)}),
        *("a.zip", "unpacks to more than"),
    ),
    "a bomb of one stream": (tarred({"x.bin": bytes(600_000_000)}), "a.tar.gz", "unpacks to more than"),
}


@pytest.mark.parametrize(("data", "name", "said"), WHOLE.values(), ids=WHOLE)
def test_archive_that_cannot_be_walked_is_told(data: bytes, name: str, said: str, tmp_path: Path) -> None:
    began = time.monotonic()
    assert any(said in message for message in walked(tmp_path, data, name).values())
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(("data", "name"), [(b"Rar!\x1a\x07\x01", "a.rar"), (b"7z\xbc\xaf\x27\x1c", "a.7z")])
def test_archives_of_other_kinds_are_refused(data: bytes, name: str, tmp_path: Path) -> None:
    ((told, message),) = walked(tmp_path, data, name).items()
    assert told == name
    assert "a RAR or 7-Zip archive" in message


def test_one_document_is_asked_for_and_an_archive_given(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"x.txt": WORDS}))
    with pytest.raises(ReadError, match="give it to 'extract run'"):
        read_document(path)


def test_word_document_named_as_an_archive_is_a_document(tmp_path: Path) -> None:
    data = zipped({"word/document.xml": b"<x/>"})
    assert list(walked(tmp_path, data)) == ["reports.zip"]
