"""A corpus folder with one short text and hand-coded passages of it: quick to read and to code."""

import json
import re
from pathlib import Path

from django.conf import settings

CORPUS = Path(settings.CORPUS_DIR)
DOCUMENT = "views.zh.txt"
TEXT = (
    "埃及\n[原文：英文]\n公约应规定引渡。\n公约不应允许保留。\n"
    "巴西\n[原文：英文]\n公约应规定引渡。\n"
)
MANIFEST = f'[[document]]\nfile = "{DOCUMENT}"\nkind = "compilation"\nlanguage = "zh"\n'
GOLD = (
    ("EGY-001", "公约应规定引渡。", "cooperation.extradition", "support", "引渡"),
    ("EGY-002", "公约不应允许保留。", "final.reservations", "oppose", "不应允许保留"),
    ("BRA-001", "公约应规定引渡。", "cooperation.extradition", "support", "引渡"),
)


def make_corpus(folder: Path) -> Path:
    """Fill the folder; `gold/gold.toml` lists `dev.jsonl` (Egypt) and `check.jsonl` (Brazil)."""
    for name in ("data", "documents", "gold"):
        (folder / name).mkdir()
    for name in ("data/delegations.toml", "codebook.toml", "calibration.toml"):
        (folder / name).write_bytes((CORPUS / name).read_bytes())
    (folder / "documents" / DOCUMENT).write_text(TEXT, encoding="utf-8")
    (folder / "documents" / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    listing = ""
    for name, delegation in (("dev", "EGY"), ("check", "BRA")):
        lines = [_line(*one) for one in GOLD if one[0].startswith(delegation)]
        (folder / "gold" / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        listing += f'[[gold]]\nfile = "{name}.jsonl"\ndocument = "{DOCUMENT}"\n'
        listing += f'en = "By {delegation}."\nzh = "{delegation}。"\n\n'
    (folder / "gold" / "gold.toml").write_text(listing, encoding="utf-8")
    return folder


def _line(unit: str, text: str, issue: str, stance: str, quote: str) -> str:
    gold = {
        "unit": unit,
        "delegation": unit.split("-")[0],
        "kind": "passage",
        "text": text,
        "topics": [issue.split(".")[0]],
        "codes": [{"issue": issue, "stance": stance, "quote": quote}],
    }
    return json.dumps(gold, ensure_ascii=False)


def without_cues(path: Path, issue: str) -> Path:
    """The shipped codebook at `path`, without the Chinese cues of one issue."""
    book = (CORPUS / "codebook.toml").read_text(encoding="utf-8")
    before, key, after = book.partition(f'key = "{issue}"\n')
    block, following, rest = after.partition("[[issue]]")
    block, removed = re.subn(r"^cues\.zh = \[\n.*?^\]\n", "", block, flags=re.DOTALL | re.MULTILINE)
    assert removed == 1
    path.write_text(before + key + block + following + rest, encoding="utf-8")
    return path
