"""Settings.  Everything that differs between machines comes from the environment.

Each variable is read once, here; a value that makes no sense stops the start with its name and the
cure.  docs/settings.md lists them all.
"""

import re
import secrets
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
CODE_VERSION = "0.1.0"

env = environ.Env()


def boolean(name: str, default: bool) -> bool:
    """The variable `name` as true or false; anything else stops the start."""
    value = str(env.str(name, default="")).strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return value in ("1", "true", "yes", "on") if value else default
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false. Set it to 1 or 0.")


def folder(name: str, default: Path) -> Path:
    """The folder in the variable `name`, made if it is not there; one that cannot be used stops."""
    path = Path(env.str(name, default="") or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}={path} cannot be used as a folder ({error.strerror}). Name one to write in."
        ) from error
    return path


def names(name: str, default: list[str], form: str, example: str) -> list[str]:
    """The comma-separated values of the variable `name`; one not of the form stops the start."""
    values = [value.strip() for value in env.list(name, default=default) if value.strip()]
    for value in values:
        if not re.fullmatch(form, value):
            raise ImproperlyConfigured(f"{name} holds {value!r}. Write it like {example}.")
    return values


def secret_key(data_dir: Path) -> str:
    """The key from SECRET_KEY, or one made at the first start and kept in the data folder.

    Several hosts must share one key: set SECRET_KEY there.
    """
    key: str = env.str("SECRET_KEY", default="")
    if key:
        if len(key) < 40:
            raise ImproperlyConfigured(
                "SECRET_KEY is shorter than 40 characters. Use a longer one."
            )
        return key
    kept = data_dir / "secret-key"
    if not kept.exists():
        drafted = data_dir / f".secret-key-{secrets.token_hex(4)}"
        drafted.touch(mode=0o600)
        drafted.write_text(secrets.token_urlsafe(60), encoding="ascii")
        try:
            kept.hardlink_to(drafted)
        except FileExistsError:
            pass
        finally:
            drafted.unlink()
    return kept.read_text(encoding="ascii").strip()


DATA_DIR = folder("DATA_DIR", BASE_DIR / "var")
DEBUG = boolean("DEBUG", default=False)
HTTPS = boolean("HTTPS", default=False)
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = names(
    "ALLOWED_HOSTS",
    ["localhost", "127.0.0.1", "[::1]"],
    r"\*|\.?[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-fA-F:.]+\]",
    "plenary.example.org",
)
CSRF_TRUSTED_ORIGINS = names(
    "CSRF_TRUSTED_ORIGINS", [], r"https?://[A-Za-z0-9*.-]+(:\d+)?", "https://plenary.example.org"
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "corpus",
    "submissions",
    "compare",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.fresh_pages",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "corpus.context.release",
            ],
        },
    },
]


_DATABASES = "Use sqlite:////path/to/file or postgres://user:password@host:port/name."


def database(url: str) -> dict[str, Any]:
    """The connection that `url` names, with the settings that keep acknowledged changes.

    SQLite: write-ahead log with full synchronisation (a power cut loses nothing that was
    acknowledged), and write transactions that take their lock at the start and wait for it.
    """
    try:
        connection: dict[str, Any] = environ.Env.db_url_config(url)
    except (ValueError, TypeError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be understood ({error}). {_DATABASES}"
        ) from None
    engine = connection.get("ENGINE", "")
    if engine == "django.db.backends.sqlite3":
        path = Path(connection["NAME"])
        if not path.is_absolute() or not path.parent.is_dir():
            raise ImproperlyConfigured(f"DATABASE_URL names no file in a folder. {_DATABASES}")
        connection["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    elif engine == "django.db.backends.postgresql":
        connection["CONN_MAX_AGE"] = 60
        connection["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured(f"DATABASE_URL names no known database. {_DATABASES}")
    return connection


DATABASES = {
    "default": database(
        env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR}/plenary.sqlite3"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

#: The texts, codebook, names and hand-coded passages that ship with the project.
CORPUS_DIR = BASE_DIR / "corpus"
