"""What kind of file some bytes are taken for, whatever their name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.extraction import ExtractionError
from submissions.extraction.recognise import recognise
from tests.submissions.extraction.formats import code_of, docx, sample, zipped


def refused(data: bytes, name: str = "x.docx") -> tuple[str, str, str]:
    with pytest.raises(ExtractionError) as caught:
        recognise(data, name)
    return caught.value.code, caught.value.problem, caught.value.cure


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "a.docx", "pdf"),
        (b"\n%PDF-1.4", "a", "pdf"),
        (b"\xff\xfejunk %PDF-1.4 ... startxref 9", "a.txt", "pdf"),
        (b"The mark %PDF-1.4 opens a file.", "a.txt", "text"),
        (docx("<w:p/>"), "a.doc", "docx"),
        (b"<!DOCTYPE html><p>x", "a.txt", "html"),
        (b"\xef\xbb\xbf \n<!-- x --><HTML lang=en>", "a", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html xmlns="y">', "a.xml", "html"),
        ("<html><body>中".encode("utf-16"), "a", "html"),
        ("<html><body>中".encode("utf-16-le"), "a", "html"),
        (b"<p>words</p>", "a", "html"),
        (b"<pre-amble> words", "a", "text"),
        (b"# Title", "a.md", "markdown"),
        (b"# Title", "A.MARKDOWN", "markdown"),
        (b"# Title", "a.txt", "text"),
        ("# 标题".encode("gb18030"), "a", "text"),
        (b"BM is a word", "a", "text"),
        (b"", "a", "text"),
    ],
)
def test_kinds_that_are_read(data: bytes, name: str, kind: str) -> None:
    assert recognise(data, name) == kind


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"{\\rtf1 words}", "is an RTF file, which is not read here."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            "is an old Office file (such as .doc), which is not read here.",
        ),
        (b"\x89PNG\r\n", "is a picture, which is not read here."),
        (b"BM" + (60).to_bytes(4, "little") + b"\0" * 54, "is a picture, which is not read here."),
        (b"RIFF\0\0\0\0WEBP", "is a picture, which is not read here."),
        (b"\0" * 257 + b"ustar", "is an archive, which is not read here."),
        (b"\x1f\x8b\x08", "is a compressed file, which is not read here."),
        (zipped({"a.txt": "words"}), "is an archive, which is not read here."),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
            "is an OpenDocument file, which is not read here.",
        ),
        (b'<?xml version="1.0"?><w:document/>', "is an XML file, which is not read here."),
    ],
)
def test_kinds_that_are_not_read_are_refused_with_the_cure(data: bytes, problem: str) -> None:
    assert refused(data) == ("not-supported", problem, "Save it as DOCX or PDF and send that.")


@pytest.mark.parametrize(
    ("part", "kind", "problem"),
    [
        (
            "xl/workbook.xml",
            "spreadsheetml.sheet",
            "is a spreadsheet (XLSX), which is not read here.",
        ),
        (
            "ppt/presentation.xml",
            "presentationml.presentation",
            "is a presentation (PPTX), which is not read here.",
        ),
    ],
)
def test_other_office_files_are_refused(part: str, kind: str, problem: str) -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override'
        f' PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}'
        '.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="x/officeDocument" Target="{part}"/></Relationships>'
    )
    data = zipped({"[Content_Types].xml": types, "_rels/.rels": rels, part: "<a/>"})
    assert refused(data)[:2] == ("not-supported", problem)


def test_an_office_file_under_a_password_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refused(data) == (
        "encrypted",
        "is protected by a password.",
        "Take the password off and resend it.",
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("upr_svn2_advance_questions_add2_docx_misnamed_doc.doc", "docx"),
        ("upr_svn4_advance_questions.docx", "docx"),
        ("ga_A_RES_78_272_en.pdf", "pdf"),
        ("upr_svn1_A_HRC_WG.6_7_SVN_2_protected.pdf", "pdf"),
        ("netmundial_009B_china_en.txt", "text"),
        ("netmundial_006A_united_states_en.txt", "text"),
    ],
)
def test_the_samples_are_recognised(name: str, kind: str) -> None:
    assert recognise(sample(name), name) == kind


@settings(deadline=None)
@given(st.binary(max_size=300) | st.builds(bytes.__add__, st.just(b"PK\x03\x04"), st.binary()))
def test_any_bytes_are_some_kind_or_refused(data: bytes) -> None:
    allowed = ("", "not-supported", "damaged", "unsafe-container", "encrypted")
    assert code_of(lambda: recognise(data, "x")) in allowed
