import pytest

from zhicheng.runtime.home import Home
from zhicheng.runtime.secrets import Secrets, SecretsError


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def test_made_once_and_closed_to_others(home):
    first = Secrets.load_or_create(home)
    assert home.secrets_file.stat().st_mode & 0o777 == 0o600
    assert Secrets.load_or_create(home) == first
    assert list(home.path.glob("secrets*")) == [home.secrets_file]


def test_no_two_are_alike_and_none_shows():
    one, other = Secrets.generate(), Secrets.generate()
    assert one.app_password != other.app_password
    assert repr(one) == "Secrets()"


def test_rotation_puts_the_new_key_first_and_keeps_the_old(home):
    before = Secrets.load_or_create(home)
    before.with_new_field_key().save(home)
    after = Secrets.load_or_create(home)
    assert after.field_encryption_keys[1:] == before.field_encryption_keys
    assert after.field_encryption_keys[0] not in before.field_encryption_keys
    assert home.secrets_file.stat().st_mode & 0o777 == 0o600


def test_a_file_open_to_others_is_refused_with_the_command_that_mends_it(home):
    Secrets.load_or_create(home)
    home.secrets_file.chmod(0o640)
    with pytest.raises(SecretsError, match="chmod 600"):
        Secrets.load(home.secrets_file)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("blind_index_key", "blind_key", "blind_index_key is missing"),
        ("# Keys", "surprise = 1\n# Keys", "surprise is not a known key"),
        ("ledger_key = ", "ledger_key = 7 #", "ledger_key must be 32 bytes"),
        ("app_password = ", "app_password = 'short' #", "app_password must be a string of 16"),
        ("owner_password = ", 'owner_password = "\'; DROP ROLE x; --" #', "owner_password must be"),
        ("field_encryption_keys = ", "field_encryption_keys = [] #", "at least one key"),
        ("field_encryption_keys = ", "field_encryption_keys = ['??'] #", "field_encryption_keys must be 32"),
        ("django_secret_key = ", "django_secret_key ", "not valid TOML"),
    ],
)
def test_a_damaged_file_is_refused_by_name(home, old, new, message):
    Secrets.load_or_create(home)
    text = home.secrets_file.read_text(encoding="utf-8")
    assert old in text
    home.secrets_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SecretsError, match=message):
        Secrets.load(home.secrets_file)
