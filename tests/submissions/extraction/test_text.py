"""What a file's bytes become: text, lines, pages; and which files are refused, and how."""

import errno
import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from submissions.extraction import Extract, ExtractionError, Line, extract, extract_bytes
from submissions.extraction import text as module

SIMPLIFIED = "澳大利亚欢迎有此机会就一项新的网络犯罪问题国际公约的范围、结构和目标提出意见。\n" * 3
TRADITIONAL = "澳大利亞歡迎有此機會就一項新的網絡犯罪問題國際公約的範圍、結構和目標提出意見。\n" * 3
FRENCH = "La Suisse considère que la convention doit être équilibrée – « oui » : l’été.\n" * 3
SPANISH = "España considera que la convención debería ser equilibrada.\n" * 3
RUSSIAN = "Российская Федерация приветствует переговоры по конвенции.\n" * 3
ARABIC = "ترحب مصر بالمفاوضات بشأن الاتفاقية الدولية\n" * 3
CURE = "Save it as plain text (UTF-8) and send that."


def refused(data: bytes) -> tuple[str, str]:
    """The code and the message with which `data` is refused."""
    with pytest.raises(ExtractionError) as caught:
        extract_bytes(data, "x.txt")
    return caught.value.code, str(caught.value)


def test_a_file_becomes_lines_with_their_offsets() -> None:
    data = "一\n\n  二 三 \n".encode()

    assert extract_bytes(data, "x.txt") == Extract(
        name="x.txt",
        text="一\n\n  二 三 \n",
        lines=(
            Line(1, 0, 1, "一", None),
            Line(2, 2, 2, "", None),
            Line(3, 3, 9, "  二 三 ", None),
            Line(4, 10, 10, "", None),
        ),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding="utf-8",
        removed={},
    )


@pytest.mark.parametrize(
    ("data", "text", "encoding", "removed"),
    [
        (SIMPLIFIED.encode(), SIMPLIFIED, "utf-8", {}),
        (b"\xef\xbb\xbf" + SIMPLIFIED.encode(), SIMPLIFIED, "utf-8", {"byte-order-mark": 1}),
        (
            b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"),
            SIMPLIFIED,
            "utf-16-le",
            {"byte-order-mark": 1},
        ),
        (
            b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"),
            SIMPLIFIED,
            "utf-16-be",
            {"byte-order-mark": 1},
        ),
        (SIMPLIFIED.encode("gb18030"), SIMPLIFIED, "gb18030", {}),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5", {}),
        ("中国欢迎".encode("gb18030"), "中国欢迎", "gb18030", {}),
        (SPANISH.encode("cp1252"), SPANISH, "cp1252", {}),
        (RUSSIAN.encode("cp1251"), RUSSIAN, "cp1251", {}),
        (RUSSIAN.encode("koi8_r"), RUSSIAN, "koi8_r", {}),
        (ARABIC.encode("cp1256"), ARABIC, "cp1256", {}),
        (SIMPLIFIED.encode("utf-16-le"), SIMPLIFIED, "utf_16_le", {}),
        (
            FRENCH.replace("\n", "\r\n").encode("cp1252"),
            FRENCH,
            "cp1252",
            {"carriage-return": 3},
        ),
    ],
    ids=[
        *("utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "gb18030", "big5", "gb18030-short"),
        *("cp1252-spanish", "cp1251", "koi8-r", "cp1256", "utf-16-unmarked", "cp1252-crlf"),
    ],
)
def test_every_encoding_gives_the_same_text(
    data: bytes, text: str, encoding: str, removed: dict[str, int]
) -> None:
    read = extract_bytes(data, "x.txt")

    assert (read.text, read.encoding, read.removed) == (text, encoding, removed)


def test_all_line_ends_become_line_feeds() -> None:
    read = extract_bytes("a\r\nb\rc\u2028d\u2029e\x85f\n".encode(), "x.txt")

    assert (read.text, read.removed) == ("a\nb\nc\nd\ne\nf\n", {"carriage-return": 1})


def test_control_characters_are_removed_and_counted() -> None:
    read = extract_bytes(("一\x00二\x1b三\ufeff四\t" + "五" * 400).encode(), "x.txt")

    assert (read.text, read.removed) == ("一二三四\t" + "五" * 400, {"control": 3})


def test_text_is_composed_but_otherwise_left_as_it_is() -> None:
    read = extract_bytes("re\u0301union ⼈ （Ａ）\u00a0的的".encode(), "x.txt")

    assert read.text == "r\u00e9union ⼈ （Ａ）\u00a0的的"


def test_a_form_feed_opens_a_page() -> None:
    read = extract_bytes(b"a\nb\n\fc\nd\n\f\n\fe", "x.txt")

    assert [(line.text, line.page) for line in read.lines] == [
        ("a", 1),
        ("b", 1),
        ("\fc", 2),
        ("d", 2),
        ("\f", 3),
        ("\fe", 4),
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF file"),
        (b"PK\x03\x04\x14\x00", "a ZIP container (such as DOCX)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc)"),
        (b"{\\rtf1\\ansi Text}", "an RTF file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x1f\x8b\x08\x00", "a compressed file"),
    ],
)
def test_other_formats_are_refused_by_their_content(data: bytes, what: str) -> None:
    assert refused(data) == ("not-text", f"x.txt: is {what}, not text. {CURE}")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty."),
        (b" \r\n\t\n", "is empty."),
        (b"\xef\xbb\xbf", "holds no text."),
        ("\u3000\n\u00a0".encode(), "holds no text."),
    ],
)
def test_a_file_without_words_is_refused(data: bytes, problem: str) -> None:
    assert refused(data) == ("empty", f"x.txt: {problem} Check that the right file was chosen.")


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x81\xfe\x00" * 40,
        b"name.txt" + b"\x00" * 92 + b"words of a file in an archive",
        b"\xff\xfea",
        b"\xef\xbb\xbf\xff words",
        SIMPLIFIED.encode()[:30] + b"\xff" + SIMPLIFIED.encode()[30:],
    ],
    ids=["binary", "archive", "half a UTF-16 unit", "no UTF-8 after its mark", "damaged UTF-8"],
)
def test_bytes_that_are_no_text_are_refused_rather_than_guessed(data: bytes) -> None:
    assert refused(data) == (
        "undecodable",
        f"x.txt: is not text in any encoding known here. {CURE}",
    )


def test_a_path_is_read_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "views.txt"
    path.write_bytes(SIMPLIFIED.encode())

    assert extract(path) == extract_bytes(SIMPLIFIED.encode(), "views.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(tmp_path)

    assert (caught.value.code, str(caught.value)) == (
        "folder",
        f"{tmp_path}: is a folder. Name a file in it.",
    )


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.txt"
    with pytest.raises(ExtractionError) as caught:
        extract(path)

    assert (caught.value.code, str(caught.value)) == (
        "not-found",
        f"{path}: there is no such file. Check the path.",
    )


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("words")

    def deny(self: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", deny)
    with pytest.raises(ExtractionError) as caught:
        extract(path)

    assert (caught.value.code, str(caught.value)) == (
        "unreadable",
        f"{path}: cannot be read (Permission denied). Check its permissions.",
    )


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * ((1 << 20) + 1))
    monkeypatch.setattr(module, "MAX_BYTES", 1 << 20)
    with pytest.raises(ExtractionError) as caught:
        extract(path)

    assert (caught.value.code, str(caught.value)) == (
        "too-large",
        "large.txt: is larger than 1 MiB. Split it.",
    )


@settings(deadline=None)
@given(st.binary(max_size=160))
def test_any_bytes_give_sound_lines_or_a_refusal(data: bytes) -> None:
    read = read_or_refusal(data)
    if isinstance(read, ExtractionError):
        assert read.code in {"empty", "not-text", "undecodable"}
        assert str(read).startswith("x.bin: ")
    else:
        assert_sound(read)


def read_or_refusal(data: bytes) -> Extract | ExtractionError:
    try:
        return extract_bytes(data, "x.bin")
    except ExtractionError as error:
        return error


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_keeps_its_characters(text: str) -> None:
    """Only line ends, the removed characters that are counted, and composition make a change."""
    read = read_or_refusal(text.encode())
    assume(isinstance(read, Extract))
    assert isinstance(read, Extract)
    kept = "".join(
        character
        for character in text.replace("\r\n", "\n")
        if unicodedata.category(character) not in ("Cc", "Zl", "Zp")
        and character not in "\ufffe\uffff\ufeff"
    )
    shown = "".join(character for character in read.text if character not in "\t\n\f")
    assert unicodedata.normalize("NFC", shown) == unicodedata.normalize("NFC", kept)
    assert_sound(read)


def assert_sound(read: Extract) -> None:
    assert read.text == "\n".join(line.text for line in read.lines)
    assert [read.text[line.start : line.end] for line in read.lines] == [
        line.text for line in read.lines
    ]
    assert [line.number for line in read.lines] == list(range(1, len(read.lines) + 1))
    assert unicodedata.is_normalized("NFC", read.text)
    assert not {
        character
        for character in read.text
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n\f"
    }
