"""Settings, read from the environment. A missing variable stops the process and says what to do."""

from pathlib import Path

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ccmp import local_servers
from ccmp.floors import *  # noqa: F403 – settings, as if they stood here
from ccmp.operations.from_environment import *  # noqa: F403 – the same
from ccmp.operations.from_environment import SECONDS_TO_REACH_THE_BROKER, SECONDS_TO_REACH_THE_DATABASE, UPKEEP_SCHEDULE
from ccmp.web.log_lines import lines_without_words
from ccmp.web.security_headers import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("VAR", default=str(BASE_DIR / "var"))).resolve()

# Without a database of its own name the program runs on its own servers, in VAR, with secrets that it made there.
OWN_SERVERS = not env.str("DATABASE_URL", default="")
_own_secrets = local_servers.read_or_make_secrets(VAR) if OWN_SERVERS else {}


def _secret(name: str) -> str:
    value = env.str(name, default=_own_secrets.get(name, ""))
    if not value:
        raise ImproperlyConfigured(
            f"Set {name} in the environment (see .env.example). The program does not start without it."
        )
    return value


SECRET_KEY = _secret("SECRET_KEY")
FIELD_KEYS = _secret("FIELD_KEYS")  # "1:<base64 of 32 bytes>,2:…", the highest number encrypts
BLIND_INDEX_KEY = _secret("BLIND_INDEX_KEY")  # base64 of 32 bytes, never changed
AUDIT_KEYS = _secret("AUDIT_KEYS")  # as FIELD_KEYS: the trail's lines are marked and chained with the highest number
AUDIT_ANCHORS = Path(env.str("AUDIT_ANCHORS", default=str(VAR / "audit-anchors.log")))
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "csp",
    "django_htmx",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "pgtrigger",
    "pghistory",
    "ccmp.walls",
    "ccmp.web",
    "ccmp.places",
    "ccmp.people",
    "ccmp.audit",
    "children",
    "clubs",
    "visits",
    "referrals",
    "ccmp.reports",
    "ccmp.phone",
    "ccmp.privacy",
    "ccmp.api",
    "ccmp.demo",
    "ccmp.operations",
    "ccmp.changes",  # the last: it keeps the changes of the others' tables
]

MIDDLEWARE = [
    "ccmp.web.middleware.RequestIdMiddleware",
    "ccmp.operations.measuring.MeasureMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ccmp.web.security_headers.GuardMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # phones on 2G; each answer is padded at random against guessing by its size
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ccmp.people.doors.DoorMiddleware",  # what is in no list is there for nobody
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "ccmp.people.asking.AskingMiddleware",
    "ccmp.people.middleware.PersonLocaleMiddleware",
    "ccmp.people.door_middleware.GateMiddleware",
    "ccmp.people.middleware.NothingKeptMiddleware",
    "ccmp.audit.middleware.TrailMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ccmp.web.limits.LimitMiddleware",
    "ccmp.web.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "ccmp.urls"
WSGI_APPLICATION = "ccmp.wsgi.application"
FORM_RENDERER = "ccmp.web.forms.FormRenderer"

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
                "ccmp.web.navigation.navigation",
            ],
            "builtins": ["ccmp.web.templatetags.words", "ccmp.web.templatetags.marks"],
        },
    }
]

# The program owns nothing in its database; who owns the tables changes them (`migrate`), and does nothing else.
_database_url = env.str("DATABASE_URL", default="") or local_servers.program_database_url(VAR)
_owner_url = env.str("OWNER_DATABASE_URL", default="") or (local_servers.database_url(VAR) if OWN_SERVERS else "")
DATABASES = {"default": {**env.db_url_config(_database_url), "ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": True}}
DATABASES["default"]["ENGINE"] = "ccmp.walls.postgresql"
DATABASES["default"]["OWNER"] = env.db_url_config(_owner_url) if _owner_url else None
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", SECONDS_TO_REACH_THE_DATABASE)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="") or local_servers.redis_url(VAR)
_cache_url = REDIS_URL.removeprefix("redis+socket://") if REDIS_URL.startswith("redis+socket://") else REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"unix://{_cache_url}" if _cache_url.startswith("/") else _cache_url,
        "KEY_PREFIX": "ccmp",
        "OPTIONS": {
            "socket_timeout": SECONDS_TO_REACH_THE_BROKER,
            "socket_connect_timeout": SECONDS_TO_REACH_THE_BROKER,
        },
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": SECONDS_TO_REACH_THE_BROKER, "socket_timeout": 10}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "make the reports that are due": {"task": "reports.catch_up", "schedule": 3600.0},
    "take up reports that were left half-way": {"task": "reports.take_up", "schedule": 300.0},
    "work out what nobody claimed yet": {"task": "children.catch_up", "schedule": 900.0},
    "take up registers that were left half-way": {"task": "children.take_up_register_files", "schedule": 300.0},
    "seal the trail": {"task": "audit.seal", "schedule": 60.0},
    "make room for the trail's next months": {"task": "audit.make_months", "schedule": crontab(hour=1, minute=15)},
    "put away old tries and sessions": {"task": "people.tidy_the_door", "schedule": crontab(hour=3, minute=20)},
    "let go of who came of age": {"task": "children.come_of_age", "schedule": crontab(hour=0, minute=5)},
    "let go of what is over": {"task": "privacy.retention", "schedule": crontab(hour=2, minute=20)},
    **UPKEEP_SCHEDULE,
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["ccmp.people.backends.PostingBackend", "guardian.backends.ObjectPermissionBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "ccmp.people.rules.passwords.NotTooLong"},
    {"NAME": "ccmp.people.rules.passwords.NoHabit"},
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "places:home"
LOGOUT_REDIRECT_URL = "people:sign-in"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "ccmp" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "ccmp" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ccmp.web.static_storage.ModuleStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["ccmp.web.uploads.NothingOnDisk"]
MEDIA_ROOT = VAR / "files"  # never served as files: only through views that ask who is there

SESSION_ENGINE = "ccmp.people.session_store"
SESSION_COOKIE_AGE = 7 * 24 * 3600  # at most; each role's own times are standards (door.…), kept by DoorMiddleware
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not OWN_SERVERS)  # behind TLS in production
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=BEHIND_TLS_PROXY)
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, where there is no TLS
PROXIES_IN_FRONT = env.int("PROXIES_IN_FRONT", default=0)  # so many of ours write X-Forwarded-For; see client_address
PASSWORD_RESET_TIMEOUT = 3600
MAIL_FROM = DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="")  # without it no letter is offered
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # a browser's own list of sites: its owner's to ask for
SECURE_REFERRER_POLICY = "same-origin"
RATE_LIMITS_TIMES = env.float("RATE_LIMITS_TIMES", default=1.0)  # of ccmp.web.limits.LIMITS
DATA_UPLOAD_MAX_MEMORY_SIZE, DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 2_621_440, 1000, 5
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ccmp.web.refusals.old_page"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ccmp.api.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "ccmp.people.doors.MayKnock",
        "ccmp.api.tokens.WithinScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["ccmp.web.rest.renderers.AnyTextRenderer"],
    "DEFAULT_PARSER_CLASSES": ["ccmp.web.rest.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "ccmp.web.rest.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CCMP",
    "DESCRIPTION": "Case management for the Children's Companion Mothers Program.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated", "ccmp.people.doors.MayKnock"],
    "SERVE_AUTHENTICATION": None,
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,  # a change carries its version, so not every field may be left out
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "ccmp.api.schema.without_an_empty_choice",
        "ccmp.api.schema.with_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "CareBarKindEnum": "children.enums.CareBarKind",
        "CareKindEnum": "children.enums.CareKind",
        "DisclosedEnum": "referrals.enums.Disclosed",
        "PlaceLevelEnum": "ccmp.places.enums.Level",
        "RiskLevelEnum": "visits.enums.RiskLevel",
        "ReportStateEnum": "ccmp.reports.enums.ReportState",
        "RelationEnum": "children.enums.Relation",
        "RoleEnum": "ccmp.people.enums.Role",
        "TokenScopeEnum": "ccmp.people.enums.TokenScope",
        "WeekStateEnum": "clubs.enums.WeekState",
    },
}

LOGGING = lines_without_words(level=env.str("LOG_LEVEL", default="INFO"), as_json=env.bool("LOG_JSON", default=False))
