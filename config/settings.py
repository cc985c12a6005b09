"""How the site is wired: everything comes from the environment or `.env`; see `.env.example`.

Without any variable this is a first run on somebody's own machine: a SQLite file and a secret key
in `var/`, mail printed to the terminal. `PRODUCTION=true` is a site for the world: it has no
defaults for what must be chosen, and refuses to start with a sentence for each thing missing.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF

from config.buckets import in_a_bucket
from config.first_run import secret_key
from config.logs import without_traceback
from config.production import one_of, refuse_unless_ready

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# For whom does it run?
PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
if PRODUCTION:
    refuse_unless_ready(env.ENVIRON)

# Who are we?
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(VAR_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str(
    "SITE_URL",
    default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://localhost:8000",
).rstrip("/")
SITE_ID = 1
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# What is it made of?
INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "editorial",
    "blog",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_comments_xtd",
    "django_comments",
    "comments",  # after django_comments_xtd: it disconnects that app's pre_save receiver
    "rest_framework",  # imported by django_comments_xtd; no address of it is served
    "django.forms",  # its form templates; ours in templates/django/forms come first
    "django_prose_editor",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "config.apps.OurAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "config.apps.OurStaticFiles",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "config.middleware.believe_only_our_proxies",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.signed_in_cookie",
    "accounts.middleware.second_step_before_admin",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "blog.middleware.posts_that_moved",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FORMS_URLFIELD_ASSUME_HTTPS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # HSTS preloading is for the owner of the domain to ask for
]

# Where is the data?
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/corrigible.sqlite3")
}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # else a read that turns into a write fails at once
        "timeout": 20,  # seconds to wait for another writer
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=27103364;"
        ),
    }
REDIS_URL = env.str("REDIS_URL", default="")
IN_THIS_PROCESS = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},  # a full cache would forget who has been refused
}
IN_REDIS = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": "corrigible",
    "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
}
CACHES = {
    "default": IN_REDIS if REDIS_URL else IN_THIS_PROCESS,
    # Pieces of pages that change with the code: they must not outlive the process that drew them.
    "template_fragments": IN_THIS_PROCESS | {"LOCATION": "pieces"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What does the publication aim at, and when are people told?
FIRST_ACT_WORKING_DAYS = env.int("FIRST_ACT_WORKING_DAYS", default=2)  # a report is read by then
DECIDE_DAYS = env.int("DECIDE_DAYS", default=7)  # a dispute is decided by then
PROGRESS_DAYS = env.int("PROGRESS_DAYS", default=14)  # readers hear how far it is, so often
END_DAYS = env.int("END_DAYS", default=30)  # by then a concern is published, or a decision
RECALL_AFTER_HOURS = env.int("RECALL_AFTER_HOURS", default=24)  # a notice has stood so long
FOLLOW_UP_DAYS = env.int("FOLLOW_UP_DAYS", default=60)  # a promise without a day is kept by then
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # bytes: the longest post in the widest letters

# Who may come in?
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:me"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900  # seconds: some mail servers make strangers wait
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900
ACCOUNT_CHANGE_EMAIL = True  # one address a person, replaced once the new one is confirmed
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
STAFF_INVITATION_DAYS = env.int("STAFF_INVITATION_DAYS", default=7)
REQUIRE_SECOND_FACTOR = one_of(
    ("", "staff"), REQUIRE_SECOND_FACTOR=env.str("REQUIRE_SECOND_FACTOR", default="")
)
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# What does a browser have to know?
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=True)
S3_PUBLIC_URL = env.str("S3_PUBLIC_URL", default="").rstrip("/")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],  # the nonce appears only where a page asks for one
        "style-src": [SELF],
        "img-src": [SELF, "https:", *filter(None, [S3_PUBLIC_URL])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# In which words and hours?
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

# Where are the files?
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
HASHED_NAMES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN_NAMES = "django.contrib.staticfiles.storage.StaticFilesStorage"
S3_BUCKET = env.str("S3_BUCKET", default="")
IN_A_FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
IN_A_BUCKET = in_a_bucket(
    S3_BUCKET,
    endpoint=env.str("S3_ENDPOINT", default=""),
    region=env.str("S3_REGION", default=""),
    keys=(env.str("S3_ACCESS_KEY", default=""), env.str("S3_SECRET_KEY", default="")),
    addressing=env.str("S3_ADDRESSING", default="auto"),
)
STORAGES = {
    "default": IN_A_BUCKET if S3_BUCKET else IN_A_FOLDER,
    "staticfiles": {"BACKEND": HASHED_NAMES if PRODUCTION else PLAIN_NAMES},
}
FILE_UPLOAD_HANDLERS = ["blog.uploads.UpToALimit"]
IMAGE_MAX_BYTES = env.int("IMAGE_MAX_BYTES", default=20_000_000)
IMAGE_MAX_PIXELS = env.int("IMAGE_MAX_PIXELS", default=50_000_000)
IMAGE_LONGEST_SIDE = env.int("IMAGE_LONGEST_SIDE", default=4096)  # of what is kept, in pixels
IMAGES_AN_HOUR = env.int("IMAGES_AN_HOUR", default=200)  # that one person may add
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION  # no collectstatic at home

# How does mail leave?
mail_server = env.email_url("EMAIL_URL", default="consolemail://")
if mail_server["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    mail_server["EMAIL_BACKEND"] = "accounts.postbox.EmailBackend"
globals().update(mail_server)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "MAIL_FROM", default=f"noreply@{ALLOWED_HOSTS[0].lstrip('.')}"
)

# The discussion (django-comments-xtd)
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "comments.models.PostComment"
COMMENTS_XTD_MAX_THREAD_LEVEL = 5
COMMENTS_XTD_THREADED_EMAILS = False

# Who checks for spam?
AKISMET_KEY = env.str("AKISMET_KEY", default="")
AKISMET_URL = env.str("AKISMET_URL", default="https://rest.akismet.com")
AKISMET_TIMEOUT = env.float("AKISMET_TIMEOUT", default=3.0)

# How long can a decision about a disputed statement be taken back, before anybody gets a mail?
UNDO_MINUTES = env.int("UNDO_MINUTES", default=10)

# Does the byline of somebody whose login is deleted keep its name on what was published?
FORMER_CONTRIBUTORS_KEEP_THEIR_NAME = env.bool("FORMER_CONTRIBUTORS_KEEP_THEIR_NAME", default=True)

# How long does an author have to answer when a statement in their post is taken up?
AUTHOR_REPLY_HOURS = env.int("AUTHOR_REPLY_HOURS", default=72)

# How many days do private links last? The raiser's is counted from the end of the dispute.
RAISER_LINK_DAYS = env.int("RAISER_LINK_DAYS", default=90)
AUTHOR_LINK_DAYS = env.int("AUTHOR_LINK_DAYS", default=60)
COLLEAGUE_LINK_DAYS = env.int("COLLEAGUE_LINK_DAYS", default=30)
PREVIEW_LINK_MAX_DAYS = env.int("PREVIEW_LINK_MAX_DAYS", default=30)
GUEST_LINK_DAYS = env.int("GUEST_LINK_DAYS", default=60)

# Which WebSub hub hears of what is new in the feeds? None, if empty.
WEBSUB_HUB = env.str("WEBSUB_HUB", default="")

# What is written down? No address of a person, no signed link, no query string, no body of a form.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "answers": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback},
        "signed_links": {"()": "config.logs.WithoutSignedLinks"},
    },
    "handlers": {
        "terminal": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["signed_links"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["terminal"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"filters": ["answers"]},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["terminal"], "propagate": False},
        "fido2": {"level": "WARNING"},  # it would name the keys of people
        "httpx": {"level": "WARNING"},  # and this one the addresses with the Akismet key
    },
}
