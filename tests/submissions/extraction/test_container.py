"""Which ZIP files are refused before anything of them is unpacked, and how."""

import io
import stat
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.extraction import ExtractionError, container
from submissions.extraction.container import open_container
from tests.submissions.extraction.formats import code_of, zipped

TWO: dict[str, str | bytes] = {"a.xml": "<a>words</a>" * 50, "folder/b.bin": b"bytes"}


def refused(data: bytes) -> tuple[str, str]:
    """The code and the problem with which `data` is refused."""
    with pytest.raises(ExtractionError) as caught:
        open_container(data, "x.docx")
    return caught.value.code, caught.value.problem


def with_info(info: zipfile.ZipInfo, content: bytes = b"words") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, content)
    return buffer.getvalue()


def patched(data: bytes, place: int, change: bytes) -> bytes:
    return data[:place] + change + data[place + len(change) :]


def test_members_are_read_by_name_without_regard_to_case() -> None:
    opened = open_container(zipped(TWO), "x.docx")

    assert opened.names == ("a.xml", "folder/b.bin")
    assert opened.read("A.XML") == b"<a>words</a>" * 50
    assert opened.read("folder/b.bin") == b"bytes"
    assert "c.xml" not in opened


def test_stored_members_and_sizes_that_follow_the_data_are_read() -> None:
    class Pipe(io.RawIOBase):
        """Writes that cannot be gone back over, so that sizes follow the data."""

        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a", b"stored")
        archive.writestr("b", b"deflated" * 9, zipfile.ZIP_DEFLATED)

    opened = open_container(pipe.data, "x.docx")

    assert opened.read("a") == b"stored"
    assert opened.read("b") == b"deflated" * 9


def test_a_member_that_unpacks_to_two_hundred_times_its_size_is_refused() -> None:
    assert refused(zipped({"zeros": b"\0" * 2_000_000})) == (
        "unsafe-container",
        "is not built as a document is: its part 'zeros' unpacks to over 200 times its size.",
    )


def test_small_members_may_pack_as_well_as_they_like() -> None:
    assert open_container(zipped({"zeros": b"\0" * 60_000}), "x").read("zeros") == b"\0" * 60_000


def test_too_many_members_are_refused() -> None:
    many: dict[str, str | bytes] = {f"{number}": b"" for number in range(2001)}
    assert refused(zipped(many)) == (
        "unsafe-container",
        "is not built as a document is: it has more than 2,000 parts.",
    )


def test_a_directory_beyond_reason_is_not_even_read() -> None:
    code, problem = refused(zipped({"a": b""}) + b"PK\x01\x02" * 50_000)
    assert (code, problem[-22:]) == ("unsafe-container", "it has too many parts.")


def test_a_total_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_TOTAL", 1 << 20)
    noise = bytes(range(256)) * 2100
    assert refused(zipped({"a": noise, "b": noise})) == (
        "unsafe-container",
        "is not built as a document is: it would unpack to more than 1 MiB.",
    )


def test_members_that_share_bytes_are_refused() -> None:
    """The overlap bomb: a hundred directory entries, one local file."""
    packed = zlib.compress(b"\0" * 50_000)[2:-4]
    crc = zlib.crc32(b"\0" * 50_000)
    head = (20, 0, 8, 0, 0, crc, len(packed), 50_000, 1, 0)
    local = struct.pack("<4sHHHHHLLLHH", b"PK\x03\x04", *head) + b"a" + packed
    entries = b"".join(
        struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\x01\x02", 20, *head, 0, 0, 0, 0, 0)
        + bytes([97 + number])
        for number in range(2)
    )
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 2, 2, len(entries), len(local), 0)
    same_name = local + entries + end
    code, problem = refused(same_name)
    assert code == "unsafe-container"
    assert "described in two different ways" in problem

    inner = struct.pack("<4sHHHHHLLLHH", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"b"
    outer = (
        struct.pack("<4sHHHHHLLLHH", b"PK\x03\x04", 20, 0, 0, 0, 0, zlib.crc32(inner), 31, 31, 1, 0)
        + b"a"
    )
    nested = (20, 20, 0, 0, 0, 0)
    entries = (
        struct.pack(
            "<4sHHHHHHLLLHHHHHLL",
            b"PK\x01\x02",
            *nested,
            zlib.crc32(inner),
            31,
            31,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + b"a"
    )
    entries += (
        struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\x01\x02", *nested, 0, 0, 0, 1, 0, 0, 0, 0, 0, 31)
        + b"b"
    )
    data = outer + inner
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 2, 2, len(entries), len(data), 0)
    assert refused(data + entries + end) == (
        "unsafe-container",
        "is not built as a document is: its parts overlap.",
    )


@pytest.mark.parametrize(
    "name",
    ["../a", "a/../../b", "/etc/passwd", "C:/a", "..\\a", "\\\\host\\a", "a/" * 100 + "b", "x:y"],
)
def test_names_that_point_elsewhere_are_refused(name: str) -> None:
    code, problem = refused(zipped({name: b"x"}))
    assert code == "unsafe-container"
    assert "has a name that points elsewhere" in problem


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.xml", "A.XML"])
def test_two_members_of_one_name_are_refused(second: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.xml", b"one")
        archive.writestr(second, b"two")
    assert refused(buffer.getvalue()) == (
        "unsafe-container",
        "is not built as a document is: two of its parts have the same name.",
    )


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_are_refused(kind: int) -> None:
    info = zipfile.ZipInfo("a")
    info.external_attr = (kind | 0o777) << 16
    code, problem = refused(with_info(info))
    assert code == "unsafe-container"
    assert "is a link or a device" in problem


def test_encrypted_members_are_refused_with_the_cure() -> None:
    data = zipped({"a": b"words"})
    data = patched(data, data.index(b"PK\x01\x02") + 8, b"\x01\x00")
    with pytest.raises(ExtractionError) as caught:
        open_container(data, "x.docx")
    assert caught.value.code == "encrypted"
    assert str(caught.value) == (
        "x.docx: is protected by a password. Take the password off and resend it."
    )


def test_other_ways_of_packing_are_refused() -> None:
    info = zipfile.ZipInfo("a")
    info.compress_type = zipfile.ZIP_BZIP2
    assert refused(with_info(info))[0] == "unsafe-container"


def test_a_member_larger_than_it_says_is_refused_while_it_is_read() -> None:
    data = zipped({"a": b"words " * 1000})
    size = struct.pack("<L", 100)
    data = patched(data, 22, size)
    data = patched(data, data.index(b"PK\x01\x02") + 24, size)
    opened = open_container(data, "x.docx")
    with pytest.raises(ExtractionError) as caught:
        opened.read("a")
    assert caught.value.code == "unsafe-container"
    assert "is larger than it says" in caught.value.problem


def test_a_member_whose_two_sizes_differ_is_refused() -> None:
    data = zipped({"a": b"words " * 1000})
    code, problem = refused(patched(data, 22, struct.pack("<L", 100)))
    assert code == "unsafe-container"
    assert "gives two different sizes" in problem


def test_a_member_with_other_bytes_than_declared_is_damaged() -> None:
    data = zipped({"a": b"words"})
    altered = patched(data, data.index(b"PK\x01\x02") + 16, b"\0\0\0\0")
    opened = open_container(altered, "x")
    assert code_of(lambda: opened.read("a")) == "damaged"


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_zip_file_is_damaged(data: bytes) -> None:
    assert refused(data)[0] == "damaged"


@settings(deadline=None)
@given(st.data())
def test_any_change_of_bytes_gives_members_or_a_refusal(data: st.DataObject) -> None:
    mutated = bytearray(zipped(TWO))
    for _ in range(data.draw(st.integers(1, 4))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    mutated = mutated[: data.draw(st.integers(len(mutated) // 2, len(mutated)))]

    def read() -> None:
        opened = open_container(bytes(mutated), "x.docx")
        for name in opened.names:
            opened.read(name)

    assert code_of(read) in ("", "damaged", "unsafe-container", "encrypted")
