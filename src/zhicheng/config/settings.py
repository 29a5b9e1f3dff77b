"""The one settings module. Values that differ between installations come from `Environment`."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from zhicheng.config.environment import Environment
from zhicheng.config.logs import configure as configure_logs
from zhicheng.runtime.cluster import APP_ROLE, OWNER_ROLE
from zhicheng.runtime.database_url import DatabaseAddress
from zhicheng.runtime.home import Home
from zhicheng.runtime.postgres import EmbeddedPostgres
from zhicheng.runtime.secrets import Secrets

ENVIRONMENT = Environment()
HOME = Home(ENVIRONMENT.zhicheng_home.absolute())
SECRETS = Secrets.load_or_create(HOME)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = SECRETS.django_secret_key
DEBUG = ENVIRONMENT.zhicheng_debug
ALLOWED_HOSTS = ENVIRONMENT.hosts
BASE_URL = str(ENVIRONMENT.zhicheng_base_url).rstrip("/")
SIMULATED = ENVIRONMENT.zhicheng_simulated

if ENVIRONMENT.production and ENVIRONMENT.zhicheng_debug:
    raise ImproperlyConfigured("ZHICHENG_DEBUG must be off when ZHICHENG_MODE is production.")
if ENVIRONMENT.production and not ENVIRONMENT.database_url and not ENVIRONMENT.zhicheng_embedded:
    raise ImproperlyConfigured(
        "ZHICHENG_MODE=production needs DATABASE_URL, or ZHICHENG_EMBEDDED=yes to stay on the embedded server."
    )

# --- applications -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "zhicheng.ground.database",
    "zhicheng.ground.ledger",
    "zhicheng.ground.areas",
    "zhicheng.ground.packs",
    "zhicheng.ground.parties",
    "zhicheng.ground.objects",
    "zhicheng.ground.access",
    "zhicheng.ground.personal",
    "zhicheng.ground.files",
    "zhicheng.ground.proceedings",
    "zhicheng.ground.documents",
    "zhicheng.ground.instructions",
    "zhicheng.ground.notes",
    "zhicheng.ground.importing",
    "zhicheng.ground.cards",
    "zhicheng.ground.archive",
    "zhicheng.ground.notices",
    "zhicheng.ground.search",
    "zhicheng.ground.visitors",
    "zhicheng.ground.interface",
    "zhicheng.ground.webhooks",
    "zhicheng.ground.ui",
    "zhicheng.cases",
    "zhicheng.portal",
    "zhicheng.desk",
    "zhicheng.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_vite",
]

MIDDLEWARE = [
    "zhicheng.config.logs.RequestMarks",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "zhicheng.ground.interface.middleware.ProblemMiddleware",
    "zhicheng.cases.open311.middleware.FaultMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhicheng.ground.access.middleware.ActorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "zhicheng.config.urls"
WSGI_APPLICATION = "zhicheng.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- database: two roles (ADR 0002) -----------------------------------------------------------------------


def _database(url: str) -> dict[str, Any]:
    return {
        "ENGINE": "zhicheng.ground.database.postgresql",
        **DatabaseAddress.parse(url).django_settings(),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


EMBEDDED = None if ENVIRONMENT.database_url else EmbeddedPostgres(HOME, SECRETS)
DATABASES: dict[str, dict[str, Any]] = {
    "default": _database(EMBEDDED.dsn(APP_ROLE) if EMBEDDED else ENVIRONMENT.database_url or "")
}
_owner_url = EMBEDDED.dsn(OWNER_ROLE) if EMBEDDED else ENVIRONMENT.database_owner_url
if _owner_url:
    DATABASES["owner"] = _database(_owner_url)
    DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DATABASE_ROUTERS = ["zhicheng.ground.database.router.OwnerMigrates"]

# --- people -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
PAGES = {
    "search": "desk:search",
    "batch": "desk:batch",
    "file_away": "cases:file_away",
    "site": "desk:site",
    "organization": "desk:organization",
    "organization_new": "desk:organization_new",
    "account": "me:me",
    "tracking": "portal:track",
    "answer": "portal:answer",
    "verify": "portal:verify",
    "snippet": "calls:snippet",
}
"""Pages of upper layers that lower ones link to, by the names of their addresses."""
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "zhicheng.ground.access.adapter.ClosedAccountAdapter"
ACCOUNT_FORMS = {"login": "zhicheng.ground.access.sign_in.SignInForm"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
MFA_FORMS = {
    "authenticate": "zhicheng.ground.access.sign_in.SecondFactorForm",
    "reauthenticate": "zhicheng.ground.access.sign_in.SecondFactorAgainForm",
    "activate_totp": "zhicheng.ground.access.sign_in.SetUpSecondFactorForm",
}
MFA_ADAPTER = "zhicheng.ground.access.adapter.HouseMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_CALLABLE = "zhicheng.ground.access.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "zhicheng.ground.visitors.address.address_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
COMPLAINTS_PER_HOUR = ENVIRONMENT.zhicheng_complaints_per_hour
WRONG_SECRETS_PER_HOUR = ENVIRONMENT.zhicheng_wrong_secrets_per_hour
WEBHOOKS_WITHIN = ENVIRONMENT.zhicheng_webhooks_within
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.production
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.production else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.production else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- language and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["zhicheng.config.formats"]

# --- pages and files --------------------------------------------------------------------------------------

FORM_RENDERER = "zhicheng.ground.ui.form_errors.HouseForms"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhicheng.ground.ui.context.house",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "zhicheng.ground.ui.templatetags.house",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True
STATIC_URL = "/static/"
STATIC_ROOT = HOME.path / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": PACKAGE / "ground/ui/static/ui/dist/manifest.json",
        "static_url_prefix": "ui/dist",
    }
}
FILES_ROOT = HOME.path / "files"
FILE_UPLOAD_HANDLERS = [
    "zhicheng.ground.files.plain_forms.PlainFormHandler",
    "zhicheng.ground.files.arriving.CuttingHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FONTS_ROOT = HOME.path / "fonts"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = configure_logs()
