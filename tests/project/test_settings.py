"""What the environment may say, what stops the start, and what is kept on disk."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 50
SHOWN = "SECRET_KEY DEBUG ALLOWED_HOSTS SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE".split()
SHOWN += (
    "CSRF_COOKIE_SECURE LANGUAGE_COOKIE_SECURE SECURE_HSTS_SECONDS CSRF_TRUSTED_ORIGINS".split()
)


def python(code: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` where only `environment` and a data folder are set."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=kept | {"DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_with(folder: Path, **environment: str) -> dict[str, Any]:
    """The settings that come of an environment."""
    code = f"""
import json
from config import settings
shown = {{name: getattr(settings, name) for name in {SHOWN!r}}}
shown["DB"] = settings.DATABASES["default"]
shown["STATIC"] = settings.STORAGES["staticfiles"]["BACKEND"]
print(json.dumps(shown))
"""
    ran = python(code, folder, **environment)
    assert ran.returncode == 0, ran.stderr
    shown: dict[str, Any] = json.loads(ran.stdout)
    return shown


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("DEBUG", "maybe", "DEBUG='maybe' is neither true nor false. Set it to 1 or 0."),
        ("HTTPS", "2", "HTTPS='2' is neither true nor false. Set it to 1 or 0."),
        ("SECRET_KEY", "k" * 39, "SECRET_KEY is shorter than 40 characters. Use a longer one."),
        (
            "DATABASE_URL",
            "mysql://root@127.0.0.1/x",
            "DATABASE_URL names no known database.",
        ),
        ("DATABASE_URL", "nonsense", "DATABASE_URL names no known database. Use sqlite:////"),
        ("DATABASE_URL", "sqlite:////no/such/folder/x", "DATABASE_URL names no file in a folder."),
        ("DATA_DIR", "/dev/null/x", "DATA_DIR=/dev/null/x cannot be used as a folder"),
        ("ALLOWED_HOSTS", "http://a.example", "ALLOWED_HOSTS holds 'http://a.example'."),
        ("CSRF_TRUSTED_ORIGINS", "a.example", "CSRF_TRUSTED_ORIGINS holds 'a.example'."),
        ("DATABASE_URL", "oracle://a:b@c/d", "DATABASE_URL names no known database."),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(
    tmp_path: Path, name: str, value: str, cure: str
) -> None:
    ran = python("import config.settings", tmp_path, **{name: value})

    assert ran.returncode != 0
    last = ran.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert cure in last
    assert "k" * 39 not in last


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_what_says_yes_is_yes(tmp_path: Path, value: str) -> None:
    assert settings_with(tmp_path, DEBUG=value, SECRET_KEY=KEY)["DEBUG"] is True


@pytest.mark.parametrize("value", ["", "0", "false", "No", "off"])
def test_what_says_no_or_nothing_is_no(tmp_path: Path, value: str) -> None:
    assert settings_with(tmp_path, DEBUG=value, SECRET_KEY=KEY)["DEBUG"] is False


def test_nothing_set_is_safe_and_local(tmp_path: Path) -> None:
    shown = settings_with(tmp_path)

    assert shown["DEBUG"] is False
    assert shown["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert shown["CSRF_TRUSTED_ORIGINS"] == []
    assert shown["DB"]["ENGINE"] == "django.db.backends.sqlite3"
    assert shown["DB"]["NAME"] == str(tmp_path / "plenary.sqlite3")
    assert shown["STATIC"] == "whitenoise.storage.CompressedManifestStaticFilesStorage"


def test_https_makes_cookies_secure_and_redirects(tmp_path: Path) -> None:
    shown = {https: settings_with(tmp_path, HTTPS=https) for https in ("0", "1")}
    names = SHOWN[3:8]

    assert [shown["1"][name] for name in names] == [True, True, True, True, 31_536_000]
    assert [shown["0"][name] for name in names] == [False, False, False, False, 0]


def test_hosts_and_origins_are_lists(tmp_path: Path) -> None:
    shown = settings_with(
        tmp_path, ALLOWED_HOSTS="a.example,b.example", CSRF_TRUSTED_ORIGINS="https://a.example"
    )

    assert shown["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert shown["CSRF_TRUSTED_ORIGINS"] == ["https://a.example"]


def test_postgresql_connections_are_kept_and_checked(tmp_path: Path) -> None:
    shown = settings_with(tmp_path, DATABASE_URL="postgres://me:secret@db.example:5433/plenary")

    assert {
        name: shown["DB"][name]
        for name in ("ENGINE", "NAME", "USER", "HOST", "PORT", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS")
    } == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "plenary",
        "USER": "me",
        "HOST": "db.example",
        "PORT": 5433,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def test_a_key_is_made_once_for_its_owner_only_and_reused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = settings_with(folder)["SECRET_KEY"]
    kept = folder / "secret-key"

    assert len(first) >= 60
    assert kept.read_text("ascii").strip() == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert settings_with(folder)["SECRET_KEY"] == first
    assert sorted(path.name for path in folder.iterdir()) == ["secret-key"]
    assert settings_with(tmp_path / "elsewhere")["SECRET_KEY"] != first


def test_a_key_from_the_environment_is_used_and_not_written(tmp_path: Path) -> None:
    assert settings_with(tmp_path, SECRET_KEY=KEY)["SECRET_KEY"] == KEY
    assert list(tmp_path.iterdir()) == []


def test_starts_at_the_same_time_agree_on_one_key(tmp_path: Path) -> None:
    code = "from config import settings; print(settings.SECRET_KEY)"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=kept | {"DATA_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]

    assert len({process.communicate()[0] for process in started}) == 1
    assert [process.returncode for process in started] == [0] * 4


def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    code = """
import django, json
django.setup()
from django.db import connection, transaction
def pragma(name):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]
print(json.dumps({name: pragma(name)
    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}))
connection.queries_log.clear()
connection.force_debug_cursor = True
with transaction.atomic():
    pass
print(json.dumps([query["sql"] for query in connection.queries]))
"""
    ran = python(code, tmp_path, DJANGO_SETTINGS_MODULE="config.settings")
    assert ran.returncode == 0, ran.stderr
    pragmas, statements = map(json.loads, ran.stdout.splitlines())

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
    }
    assert statements[0] == "BEGIN IMMEDIATE"


def test_the_deployment_check_finds_nothing_behind_https(tmp_path: Path) -> None:
    code = "from django.core.management import execute_from_command_line as run; "
    code += "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    ran = python(
        code,
        tmp_path,
        DJANGO_SETTINGS_MODULE="config.settings",
        HTTPS="1",
        ALLOWED_HOSTS="plenary.example",
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
