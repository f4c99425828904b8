"""ZIP-based files, opened without trusting a word they say about themselves.

Everything is checked from the central directory and the local headers before a byte is unpacked;
what is then unpacked is held to the size it declared.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from submissions.extraction.model import ExtractionError

MAX_TOTAL: Final = 100 * 1024 * 1024
MAX_RATIO: Final = 200
MAX_MEMBERS: Final = 2_000
MAX_DEPTH: Final = 100
#: A member this small does no harm, however well it packs.
_SMALL: Final = 64 * 1024

_START: Final = b"PK\x03\x04"
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_SIZES_FOLLOW: Final = 0x8
_UTF8_NAME: Final = 0x800
_IN_ZIP64_FIELD: Final = 0xFFFFFFFF
_SAVE_AGAIN: Final = "Open it in a word processor, save it again as DOCX or PDF, and send that."


class Container:
    """The checked members of a ZIP file, read one at a time.

    Part names are compared without regard to case, as the formats built on ZIP ask.
    """

    def __init__(self, name: str, data: bytes, places: dict[str, tuple[zipfile.ZipInfo, int]]):
        self.name = name
        self._data = data
        self._places = places
        self.names = tuple(info.filename for info, _ in places.values())

    def __contains__(self, member: str) -> bool:
        return member.casefold() in self._places

    def read(self, member: str) -> bytes:
        """The bytes of `member`, which must be in the container.

        Raises `ExtractionError` (`unsafe-container`) when it unpacks to more than it declared, and
        (`damaged`) when it unpacks to less, to other bytes or not at all.
        """
        info, start = self._places[member.casefold()]
        packed = self._data[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            unpacked = packed
        else:
            unpacked = self._inflate(info, packed)
        if len(unpacked) > info.file_size:
            raise _unsafe(self.name, f"its part {_shown(info)} is larger than it says")
        if len(unpacked) < info.file_size or zlib.crc32(unpacked) != info.CRC:
            raise _damaged(self.name, f"its part {_shown(info)} is cut short or altered")
        return unpacked

    def _inflate(self, info: zipfile.ZipInfo, packed: bytes) -> bytes:
        """Unpack `packed` up to one byte more than was declared."""
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            return stream.decompress(packed, info.file_size + 1)
        except zlib.error:
            raise _damaged(self.name, f"its part {_shown(info)} cannot be unpacked") from None


def open_container(data: bytes, name: str) -> Container:
    """Check the ZIP file `data` and give its members.

    Raises `ExtractionError` with code `damaged`, `encrypted` or `unsafe-container`.
    """
    members, directory = _directory(data, name)
    _check_amount(members, name)
    for info in members:
        _check_member(info, name)
    keys = [info.filename.casefold() for info in members]
    if len(set(keys)) < len(keys):
        raise _unsafe(name, "two of its parts have the same name")
    starts = _check_places(members, directory, data, name)
    return Container(
        name,
        data,
        {key: (info, start) for key, info, start in zip(keys, members, starts, strict=True)},
    )


def _directory(data: bytes, name: str) -> tuple[list[zipfile.ZipInfo], int]:
    """The entries of the central directory, all that `zipfile` is trusted with, and its place."""
    if not data.startswith(_START):
        raise _damaged(name, "it does not begin as a ZIP file does")
    if data.count(_DIRECTORY_ENTRY) > 20 * MAX_MEMBERS:
        raise _unsafe(name, "it has too many parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            start = archive.start_dir
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError, EOFError):
        raise _damaged(name, "its table of contents cannot be read") from None
    if not members:
        raise _damaged(name, "it has no parts")
    return members, start


def _check_amount(members: Sequence[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise _unsafe(name, f"it has more than {MAX_MEMBERS:,} parts")
    if sum(info.file_size for info in members) > MAX_TOTAL:
        raise _unsafe(name, f"it would unpack to more than {MAX_TOTAL >> 20} MiB")


def _check_member(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise ExtractionError(
            "encrypted", name, "is protected by a password.", "Take the password off and resend it."
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _unsafe(name, "it is packed in a way that documents are not")
    if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
        raise _unsafe(name, f"its part {_shown(info)} unpacks to over {MAX_RATIO} times its size")
    if not _plain_name(info):
        raise _unsafe(name, f"its part {_shown(info)} has a name that points elsewhere")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _unsafe(name, f"its part {_shown(info)} is a link or a device, not a file")


def _plain_name(info: zipfile.ZipInfo) -> bool:
    """Whether the name is a relative path that stays inside, of no more than 100 folders."""
    path = info.orig_filename.replace("\\", "/")
    steps = path.split("/")
    return (
        bool(path)
        and not path.startswith("/")
        and ":" not in steps[0]
        and ".." not in steps
        and len(steps) <= MAX_DEPTH
        and "\0" not in path
    )


def _check_places(
    members: Sequence[zipfile.ZipInfo], directory: int, data: bytes, name: str
) -> list[int]:
    """Where the bytes of each member start, once no two of them are known to share any."""
    starts = [_local_start(info, data, name) for info in members]
    spans = sorted(
        (info.header_offset, start + info.compress_size)
        for info, start in zip(members, starts, strict=True)
    )
    if any(end > following for (_, end), (following, _) in pairwise(spans)):
        raise _unsafe(name, "its parts overlap")
    if spans[-1][1] > directory:
        raise _unsafe(name, "its parts overlap its table of contents")
    return starts


def _local_start(info: zipfile.ZipInfo, data: bytes, name: str) -> int:
    """Where the bytes of `info` start, by a local header that agrees with the directory."""
    header = data[info.header_offset : info.header_offset + _LOCAL.size]
    if info.header_offset < 0 or len(header) < _LOCAL.size:
        raise _damaged(name, f"its part {_shown(info)} is missing")
    signature, _, flags, method, _, _, _, packed, size, name_length, extra = _LOCAL.unpack(header)
    if signature != _START:
        raise _damaged(name, f"its part {_shown(info)} is missing")
    name_start = info.header_offset + _LOCAL.size
    local_name = data[name_start : name_start + name_length]
    encoding = "utf-8" if info.flag_bits & _UTF8_NAME else "cp437"
    declared = packed == info.compress_size and size == info.file_size
    if not declared and not (flags & _SIZES_FOLLOW or _IN_ZIP64_FIELD in (packed, size)):
        raise _unsafe(name, f"its part {_shown(info)} gives two different sizes")
    if (
        local_name != info.orig_filename.encode(encoding, "replace")
        or method != info.compress_type
        or flags & _ENCRYPTED
    ):
        raise _unsafe(name, f"its part {_shown(info)} is described in two different ways")
    start: int = name_start + name_length + extra
    if start + info.compress_size > len(data):
        raise _damaged(name, f"its part {_shown(info)} is cut short")
    return start


def _shown(info: zipfile.ZipInfo) -> str:
    """A part's name, short and printable."""
    return ascii(info.filename[:60])


def _damaged(name: str, what: str) -> ExtractionError:
    return ExtractionError("damaged", name, f"is damaged: {what}.", _SAVE_AGAIN)


def _unsafe(name: str, what: str) -> ExtractionError:
    return ExtractionError(
        "unsafe-container", name, f"is not built as a document is: {what}.", _SAVE_AGAIN
    )
