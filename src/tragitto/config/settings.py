"""Django's settings, all derived from the table of variables."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from django.utils.csp import CSP

from tragitto.config import places, variables
from tragitto.kernel.texts import LANGUAGES as TEXT_LANGUAGES
from tragitto.web.signing_in import providers

# Lets Django's own classes be written with their types (`models.CharField[str, str]`).
django_stubs_ext.monkeypatch()

ROOT = variables.ROOT
VAR = variables.var_folder()
ADDRESS = variables.public_address()
IS_DEMONSTRATION = variables.yes("TRAGITTO_DEMONSTRATION")
#: A demonstration lives on its own day: how far its clock stands from ours (see `kernel.clock`).
CLOCK_SHIFT = places.clock_shift(VAR) if IS_DEMONSTRATION else timedelta()
_secure = ADDRESS.startswith("https://")
_host = urlsplit(ADDRESS).hostname or "127.0.0.1"
_issuer = urlsplit(variables.read("TRAGITTO_OIDC_ISSUER"))
_gateway = [f"{_issuer.scheme}://{_issuer.netloc}"] if _issuer.netloc else []

#: Who runs this house, for the foot of every page; what is empty is not shown.
SITE = {
    name: variables.read(f"TRAGITTO_OFFICE_{name.upper()}")
    for name in (
        "organisation",
        "organisation_url",
        "email",
        "pec",
        "telephone",
        "dpo",
        "accessibility_url",
    )
}

DEBUG = False
SECRET_KEY = variables.secret_key()
ALLOWED_HOSTS = [_host, "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [ADDRESS]


DATABASES = {"default": places.describe(variables.read("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    name
    for name in (
        *("kernel", "ledger", "accounts", "law", "agenda", "records", "schemes", "cases"),
        *("candidates", "employers", "selection"),
    )
    if (Path(__file__).parents[1] / name / "apps.py").exists()
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    *(f"tragitto.{room}" for room in ROOMS),
    "tragitto.web.parts",
    "tragitto.web.public",
    "tragitto.web.office",
    "tragitto.web.portal",
    "tragitto.api",
    "tragitto.demo",
    "tragitto.gateways",
    # After ours, so that our templates come first.
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "tragitto.config",
]
MIDDLEWARE = [
    "tragitto.web.parts.arrival.stamp",
    "tragitto.web.parts.unreadable.refuse",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tragitto.web.signing_in.session.end_of_session",
]
ROOT_URLCONF = "tragitto.config.urls"
WSGI_APPLICATION = "tragitto.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tragitto.web.parts.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "tragitto.web.parts.forms.Renderer"

# People and sessions
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ["email", "full_name"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
CO_SIGNATURE_TIMEOUT = 14 * 24 * 60 * 60  # how long the legal representative may use the address given
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/work/"
LOGOUT_REDIRECT_URL = "/"
# A session ends with the browser, after eight hours, or after one hour without a click (ASVS 5.0, 7.3).
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_AGE = 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
# Counts of failed sign-ins and used codes must hold across web processes, hence a table; and an attacker
# must not be able to push them out, hence its size.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# Signing in (docs/accounts.md): by e-mail address; accounts are opened by the office, or on our own pages.
ACCOUNT_ADAPTER = "tragitto.web.signing_in.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the office vouches for the address when it opens the account
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no message to people who have no account
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Tragitto] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/10m/ip,5/10m/key",
    "signup": "20/10m/ip,3/10m/key",
    "enquiry": "20/h/ip",
    # A whole mobile network may come from one address; one number or address gets few messages.
    "code_asked": "60/10m/ip,3/10m/key,10/d/key",
    "code_tried": "120/10m/ip",
    # By programs: each token so many requests; wrong tokens are counted by network address.
    "api": "300/m/key",
    "api_refused": "30/10m/ip",
}
MFA_ADAPTER = "tragitto.web.signing_in.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey alone is two factors only when it asks who holds it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _secure
MFA_TOTP_ISSUER = "Tragitto"
SOCIALACCOUNT_ADAPTER = "tragitto.web.signing_in.identity.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter matches people, by its own stricter rule
# How many proxies of ours stand before the web server: their addresses are not the visitor's.
ALLAUTH_TRUSTED_PROXY_COUNT = variables.number("TRAGITTO_PROXIES", least=0)
SOCIALACCOUNT_PROVIDERS = providers.openid_connect(
    issuer=variables.read("TRAGITTO_OIDC_ISSUER"),
    client=variables.read("TRAGITTO_OIDC_CLIENT"),
    secret=variables.read("TRAGITTO_OIDC_SECRET"),
    match=variables.read("TRAGITTO_OIDC_MATCH") or "fiscal_number",
    second_factor=variables.read("TRAGITTO_OIDC_SECOND_FACTOR").split(),
    name=variables.read("TRAGITTO_OIDC_NAME") or "SPID / CIE",
)

# Languages and time
LANGUAGE_CODE = "it"
LANGUAGES = [
    (code, {"it": "Italiano", "fr": "Français", "ar": "العربية", "en": "English"}[code])
    for code in TEXT_LANGUAGES
]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Rome"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DOCUMENTS = variables.read("TRAGITTO_DOCUMENTS") or str(VAR / "documents")
INBOX = variables.read("TRAGITTO_INBOX")
MAILBOXES = "" if IS_DEMONSTRATION else variables.read("TRAGITTO_MAILBOXES")
RECEIPT_HOURS = variables.number("TRAGITTO_RECEIPT_HOURS")
CLAMD = variables.read("TRAGITTO_CLAMD")
REVOCATION = variables.yes("TRAGITTO_REVOCATION") and not IS_DEMONSTRATION
if DOCUMENTS.startswith("s3://"):
    STORAGES["documents"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": DOCUMENTS.removeprefix("s3://").strip("/"),
            "default_acl": None,
            "file_overwrite": True,  # a name is the hash of the content: writing again changes nothing
        },
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# What a page may do: nothing that is not said here (OWASP ASVS 5.0, V3.4).
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # Signing in at a gateway is a form of ours that redirects there: browsers ask this rule about both.
    "form-action": [CSP.SELF, *_gateway],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tragitto.web.parts.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SECURE_SSL_REDIRECT = _secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _secure
if _secure:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# Ordinary mail (new passwords). A demonstration sends none; without a server, `check --deploy` says so.
CAN_SEND_MAIL = bool(variables.read("TRAGITTO_SMTP")) and not IS_DEMONSTRATION
MAILERS = {"default": places.mailer(variables.read("TRAGITTO_SMTP") if CAN_SEND_MAIL else "")}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = variables.read("TRAGITTO_OFFICE_EMAIL") or f"tragitto@{_host}"

# Text messages, to people who sign in by a mobile number (docs/accounts.md). A demonstration sends none.
SMS = "" if IS_DEMONSTRATION else variables.secure_address("TRAGITTO_SMS")
SMS_TOKEN = variables.read("TRAGITTO_SMS_TOKEN")
SMS_SENDER = variables.read("TRAGITTO_SMS_SENDER")

# What goes wrong is said on standard error, without anybody's data (OWASP ASVS 5.0, V16).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "tragitto.config.logs.Discreet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
