import socket
from pathlib import Path

import pytest

from zhicheng.runtime.home import Home
from zhicheng.runtime.services import (
    AlreadyRunningError,
    CannotListenError,
    WebOptions,
    only_run,
    refuse_second_run,
    services_to_run,
    where_served,
)

ENVIRON = {"PATH": "/bin", "DATABASE_URL": "old", "DATABASE_OWNER_URL": "postgresql://owner:secret@h/z"}


def services(server=None):
    return services_to_run(
        home=Home(Path("/srv/z")),
        database_url="postgresql://app@h/z",
        environ=ENVIRON,
        web=WebOptions(port=8123, workers=3, threads=4),
        server=server,
    )


def test_no_program_receives_the_owners_login():
    for service in services():
        assert "DATABASE_OWNER_URL" not in service.env
        assert service.env["DATABASE_URL"] == "postgresql://app@h/z"
        assert service.env["ZHICHENG_HOME"] == "/srv/z"
        assert service.env["PATH"] == "/bin"


def test_the_environment_does_not_show_in_a_repr():
    assert "app@h" not in repr(services())


def test_web_comes_before_worker_and_respawns_its_workers():
    web, worker = services()
    assert (web.name, worker.name) == ("web", "worker")
    line = " ".join(web.argv)
    assert "--port 8123" in line
    assert "--workers 3" in line
    assert "--blocking-threads 4" in line
    assert "--respawn-failed-workers" in line
    assert worker.argv[1:] == ("-m", "zhicheng", "worker")


def test_web_is_not_ready_while_nothing_answers():
    with socket.socket() as held:  # bound but not listening: every connection is refused
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        web = services_to_run(
            home=Home(Path("/srv/z")), database_url="", environ={}, web=WebOptions(port=port), server=None
        )[0]
        assert web.is_ready(1) is False


def test_a_taken_port_is_refused_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as other:
        web = WebOptions(port=other.getsockname()[1])
        with pytest.raises(AlreadyRunningError, match="is taken"):
            refuse_second_run(web, None)
    refuse_second_run(web, None)


def test_an_address_of_another_machine_is_refused_in_words():
    with pytest.raises(CannotListenError, match=r"cannot listen on 192\.0\.2\.1 port 8000: .*address"):
        refuse_second_run(WebOptions(host="192.0.2.1"), None)


def test_links_carry_the_address_that_is_listened_on():
    assert where_served(WebOptions(port=8123), {})["ZHICHENG_BASE_URL"] == "http://localhost:8123"
    assert where_served(WebOptions(host="z.example", port=80), {})["ZHICHENG_HOSTS"].endswith(",z.example")


def test_what_the_installation_says_of_its_address_stays():
    named = {"ZHICHENG_BASE_URL": "https://zhicheng.example", "ZHICHENG_HOSTS": "zhicheng.example"}
    assert where_served(WebOptions(port=8123), named) == {}
    assert "ZHICHENG_HOSTS" in where_served(WebOptions(), {**named, "ZHICHENG_HOSTS": " "})


def test_of_two_runs_that_begin_together_one_gives_up(tmp_path):
    home = Home(tmp_path)
    with only_run(home), pytest.raises(AlreadyRunningError, match="another zhicheng runs"), only_run(home):
        pytest.fail("both run")
    with only_run(home):
        pass
