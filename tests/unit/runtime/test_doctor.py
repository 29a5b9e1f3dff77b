import json
import socket
import time
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer, SimpleHTTPRequestHandler
from threading import Thread

import pytest

from zhicheng.runtime.doctor import Finding, Setup, database, host, render
from zhicheng.runtime.home import Home
from zhicheng.runtime.secrets import Secrets, SecretsError
from zhicheng.runtime.services import only_run


@pytest.fixture
def setup(tmp_path):
    return Setup(home=Home(tmp_path / "home"), port=0)


def test_findings_are_counted_and_optional_ones_are_not_failures():
    text = render([Finding(True, "a", "fine", "unused"), Finding(False, "b", "absent", "install", optional=True)])
    assert text.splitlines() == [
        "ok     a: fine",
        "note   b: absent",
        "       → install",
        "Nothing is wrong.",
    ]


def test_a_home_that_cannot_be_made_is_wrong(tmp_path):
    (tmp_path / "file").touch()
    finding = host.home_is_writable(Setup(home=Home(tmp_path / "file" / "home")))
    assert not finding.ok
    assert "ZHICHENG_HOME" in finding.remedy


def test_a_writable_home_with_room_is_right(setup):
    assert host.home_is_writable(setup).ok
    assert host.disk_has_room(setup).ok


def test_a_full_disk_is_wrong(setup, monkeypatch):
    monkeypatch.setattr(host.shutil, "disk_usage", lambda path: _Usage)
    assert not host.disk_has_room(setup).ok


class _Usage:
    free = host.MIN_FREE_BYTES - 1


def test_secrets_open_to_others_are_wrong(setup):
    assert host.secrets_are_private(setup).ok
    Secrets.load_or_create(setup.home)
    assert host.secrets_are_private(setup).ok
    setup.home.secrets_file.chmod(0o644)
    with pytest.raises(SecretsError):
        host.secrets_are_private(setup)


def test_a_taken_port_is_wrong(setup):
    assert host.port_is_free(setup).ok
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = Setup(home=setup.home, port=other.getsockname()[1])
        assert "taken" in host.port_is_free(taken).detail


class Healthy(BaseHTTPRequestHandler):
    """Answers as the health page does."""

    status = 200

    def do_GET(self):
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b"ok\n")


class Ill(Healthy):
    """Answers as long as the database is away."""

    status = 503


@contextmanager
def answering(handler):
    with HTTPServer(("127.0.0.1", 0), handler) as web:
        Thread(target=web.serve_forever, daemon=True).start()
        yield web.server_address[1]
        web.shutdown()


def test_a_port_that_the_running_product_answers_is_in_order(setup):
    setup.home.path.mkdir()
    with answering(Healthy) as ours:
        served = replace(setup, port=ours)
        stranger = host.port_is_free(served)
        assert not stranger.ok
        assert "other than the Zhicheng of this home" in stranger.detail
        with only_run(setup.home):
            assert host.port_is_free(served).ok


def test_a_port_that_the_running_product_answers_badly_is_not_called_a_strangers(setup):
    setup.home.path.mkdir()
    silent = socket.create_server(("127.0.0.1", 0))
    with only_run(setup.home), answering(Ill) as ill, answering(SimpleHTTPRequestHandler) as other, silent:
        for port in (ill, other, silent.getsockname()[1]):
            finding = host.port_is_free(replace(setup, port=port))
            assert not finding.ok
            assert "although Zhicheng runs from this home" in finding.detail
            assert str(setup.home.log_dir) in finding.remedy


@pytest.mark.parametrize(("text", "ok"), [(json.dumps({"app.ts": {}}), True), ("{}", False), ("{", False)])
def test_assets_need_a_manifest_with_entries(tmp_path, text, ok):
    manifest = tmp_path / "manifest.json"
    setup = Setup(home=Home(tmp_path), asset_manifest=manifest)
    assert not host.assets_are_built(setup).ok
    manifest.write_text(text)
    assert host.assets_are_built(setup).ok is ok


def test_a_clock_in_the_past_is_wrong(setup, monkeypatch):
    assert host.clock_is_sane(setup).ok
    monkeypatch.setattr(host.time, "time", lambda: 1_000_000_000.0)
    monkeypatch.setattr(host.time, "gmtime", lambda: time.struct_time((2001, 9, 9, 1, 46, 40, 6, 252, 0)))
    assert "2001-09-09 01:46 UTC is in the past" in host.clock_is_sane(setup).detail


def test_a_missing_browser_is_only_noted(setup, monkeypatch):
    monkeypatch.setattr(host.shutil, "which", lambda name: None)
    finding = host.browser_is_found(setup)
    assert (finding.ok, finding.optional) == (False, True)


def test_the_year_after_this_one_is_wanted_from_october(setup, monkeypatch):
    monkeypatch.setattr(database, "_connect", lambda url: _Calendar())
    early = replace(setup, known_years=frozenset({2026}), wanted_years=(2026,))
    assert database.calendar_reaches_far_enough(early).ok
    stated = replace(early, wanted_years=(2026, 2027))
    assert database.calendar_reaches_far_enough(stated).ok
    late = database.calendar_reaches_far_enough(replace(early, wanted_years=(2027, 2028)))
    assert (late.ok, late.optional) == (False, True)
    assert "2028" in late.detail
    assert "[calendar.2028]" in late.remedy


class _Calendar:
    """A database that states 2027."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def execute(self, query):
        return [(2027,)] if "SELECT year" in query else _Row()


class _Row:
    def fetchone(self):
        return ("packs_calendaryear",)
