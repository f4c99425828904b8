"""What the repository promises: pinned dependencies, one command for everything, and its docs."""

import os
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, tuple[str, list[str]]]:
    """The packages of a lock file, each with its version and hashes."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line.strip():
            name, version = re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", line).groups()  # type: ignore[union-attr]
            found[normal(name)] = (version, re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line))
    return found


def documentation() -> str:
    files = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(path.read_text("utf-8") for path in files if path.exists())


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    found = pins(lock)

    assert len(found) > 10
    assert [name for name, (_, hashes) in found.items() if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")

    assert re.findall(r"(?i)\w+://\S*|--(?:index|extra|find|trusted)\S*|@ \S+", text) == []


def test_the_development_lock_pins_what_the_other_does() -> None:
    runtime, development = pins(LOCKS[0]), pins(LOCKS[1])

    assert {name: development.get(name) for name in runtime} == runtime


def test_the_locks_hold_what_the_project_asks_for() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    def names(wanted: list[str]) -> set[str]:
        return {normal(re.split(r"[\[<>=!~; ]", one)[0]) for one in wanted}

    assert names(data["project"]["dependencies"]) - set(pins(LOCKS[0])) == set()
    assert names(data["dependency-groups"]["dev"]) - set(pins(LOCKS[1])) == set()


def test_one_command_does_each_job() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))

    assert {"setup", "demo", "test", "lint"} <= targets


def test_continuous_integration_runs_the_tests() -> None:
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").splitlines()[-1] == "make test"


def test_every_command_is_documented() -> None:
    commands = [
        path.stem
        for path in sorted(ROOT.glob("*/management/commands/*.py"))
        if not path.stem.startswith("_") and ".venv" not in path.parts
    ]
    documented = documentation()

    assert {"load_corpus", "export"} <= set(commands)
    assert [name for name in commands if not re.search(rf"\b{name}\b", documented)] == []


def test_every_environment_variable_is_documented() -> None:
    source = (ROOT / "config" / "settings.py").read_text("utf-8")
    names = re.findall(r'(?:env\.\w+|boolean|folder|names)\(\s*"([A-Z_]+)"', source)
    documented = documentation()

    assert {"DATA_DIR", "DATABASE_URL", "DEBUG", "SECRET_KEY"} <= set(names)
    assert [name for name in names if not re.search(rf"`{name}[`=]", documented)] == []


def test_every_documented_variable_is_read() -> None:
    source = (ROOT / "config" / "settings.py").read_text("utf-8")
    table = (ROOT / "docs" / "settings.md").read_text("utf-8")
    named = re.findall(r"^\| `([A-Z_]+)` \|", table, flags=re.MULTILINE)

    assert named
    assert [name for name in named if f'"{name}"' not in source] == []


def test_every_link_within_the_documentation_leads_somewhere() -> None:
    broken = [
        (str(path.relative_to(ROOT)), target)
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
        if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists()
    ]

    assert broken == []


def test_the_version_is_the_same_everywhere_and_in_the_changelog() -> None:
    from django.conf import settings

    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    version = data["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert version == settings.CODE_VERSION
    assert re.findall(rf"^## \[?{re.escape(version)}\b", changelog, flags=re.MULTILINE)
