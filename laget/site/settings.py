"""The one settings module: environment variables only, and safe when nothing is said."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from laget.site import environment as env

LAGET_VAR = Path(env.text("LAGET_VAR")).resolve()
LAGET_DEMO = env.flag("LAGET_DEMO")
LAGET_MUNICIPALITY = env.text("LAGET_MUNICIPALITY", "Fjordvik kommune" if LAGET_DEMO else "").strip()
LAGET_MUNICIPALITY_NUMBER = env.text("LAGET_MUNICIPALITY_NUMBER", "9999" if LAGET_DEMO else "").strip()
LAGET_DATA_KEYS = env.keys("LAGET_DATA_KEYS")
LAGET_INDEX_KEY = env.key("LAGET_INDEX_KEY", env.text("LAGET_INDEX_KEY"))
LAGET_SEAL_KEY = env.optional_key("LAGET_SEAL_KEY")
LAGET_SEAL_PUBLIC_KEYS = env.optional_keys("LAGET_SEAL_PUBLIC_KEYS")
LAGET_SEAL_FOLDER = Path(env.text("LAGET_SEAL_FOLDER", str(LAGET_VAR / "seals"))).resolve()
LAGET_BASE_URL = env.text("LAGET_BASE_URL").rstrip("/")
LAGET_EMERGENCY_LINE = env.text("LAGET_EMERGENCY_LINE", "22 22 22 22" if LAGET_DEMO else "").strip()
LAGET_REGISTER_FRESH_HOURS = env.hours("LAGET_REGISTER_FRESH_HOURS")
LAGET_READERS_BY_ROLE = env.flag("LAGET_READERS_BY_ROLE")
INSECURE_COOKIES = env.flag("LAGET_INSECURE_COOKIES")
LAGET_PROVIDERS = env.providers(LAGET_BASE_URL, plain_http=INSECURE_COOKIES)

SECRET_KEY = env.secret("LAGET_SECRET_KEY", least=32)
DEBUG = False
ALLOWED_HOSTS = env.words("LAGET_ALLOWED_HOSTS")
USE_X_FORWARDED_HOST = False
ROOT_URLCONF = "laget.site.urls"
WSGI_APPLICATION = "laget.site.wsgi.application"

ROOMS = [
    "people",
    "audit",
    "access",
    "directory",
    "sight",
    "notices",
    "guide",
    "families",
    "participation",
    "protection",
    "ties",
    "documents",
    "consents",
    "cases",
    "emergency",
    "concerns",
    "plans",
    "exchange",
    "trust",
    "desk",
    "design",
    "demo",
    "law",
]
INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "procrastinate.contrib.django",
    *(f"laget.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "laget.access.middleware.WholeCookie",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "laget.access.middleware.GateMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "laget.design.backend.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "laget.design.jinja.environment",
            "context_processors": ["laget.access.context.everywhere", "laget.desk.context.menu"],
        },
    }
]

# Each role has a login of its own: web is DATABASE_URL; `laget migrate` and `laget worker` put the
# owner's and the worker's address there before this module is read.
DATABASES = {"default": env.database("DATABASE_URL", pool=env.flag("LAGET_POOL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk"), ("en", "English")]  # each by its own name
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True
LANGUAGE_COOKIE_NAME = "laget-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not INSECURE_COOKIES

# Names are hashed once they have been collected (`laget serve` and `laget demo` do it); before that, as in tests,
# files are served from where they lie.
STATIC_URL = "/static/"
STATIC_ROOT = LAGET_VAR / "static"
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# A file that is sent stays in memory, never on disk; a larger request's file is dropped unread.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
LAGET_CLAMD = env.text("LAGET_CLAMD")
LAGET_CLAMD_SECONDS = 10
LAGET_FILES_GB = env.gigabytes("LAGET_FILES_GB")

# A name with __Host- is kept by the browser only when it is Secure, has the path / and no domain.
_PREFIX = "" if INSECURE_COOKIES else "__Host-"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = f"{_PREFIX}laget"
SESSION_COOKIE_SECURE = not INSECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_PREFIX}laget-csrf"
CSRF_COOKIE_SECURE = not INSECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
# Not Strict: whoever comes back from a provider would get a new one, and forms in other tabs would no longer be taken.
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "laget.access.answers.forged"

SECURE_HSTS_SECONDS = 0 if INSECURE_COOKIES else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("LAGET_BEHIND_TLS_PROXY") else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

PROCRASTINATE_ON_APP_READY = "laget.site.work.register"
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 32 * 24 * 60 * 60}  # seconds: also a monthly tick is made up

_MAIL = env.mail("LAGET_SMTP_URL")
LAGET_MAIL = bool(_MAIL)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if LAGET_MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = _MAIL.get("EMAIL_HOST", "")
EMAIL_PORT = _MAIL.get("EMAIL_PORT", 0)
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = _MAIL.get("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = env.text("LAGET_MAIL_FROM")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},  # a page that is not found is no event
        "procrastinate": {"level": "WARNING"},  # a job that went well is none either
        "httpx": {"level": "WARNING"},
    },
}
