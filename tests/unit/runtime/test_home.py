import os
from pathlib import Path

from zhicheng.runtime.home import MAX_SOCKET_PATH_BYTES, SOCKET_NAME, Home


def test_the_environment_names_the_home():
    assert Home.from_environment({"ZHICHENG_HOME": "/srv/zhicheng"}).path == Path("/srv/zhicheng")


def test_a_relative_home_is_made_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert Home.from_environment({"ZHICHENG_HOME": "data"}).path == tmp_path / "data"


def test_without_environment_it_lies_in_the_current_directory(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert Home.from_environment({"ZHICHENG_HOME": " "}).path == tmp_path / ".zhicheng"


def test_the_socket_lies_beside_the_data_where_its_path_fits():
    assert Home(Path("/srv/z")).socket_dir == Path("/srv/z/postgres/run")


def test_a_long_home_gets_a_short_socket_directory_of_its_own():
    long_home, other = Home(Path("/srv") / ("质" * 40)), Home(Path("/srv") / ("城" * 40))
    assert len(os.fsencode(long_home.socket_dir / SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES
    assert long_home.socket_dir != other.socket_dir


def test_prepare_makes_private_directories(tmp_path):
    home = Home(tmp_path / "a" / "home")
    home.prepare()
    home.prepare()
    for directory in (home.files_dir, home.log_dir, home.ledger_exports_dir):
        assert directory.stat().st_mode & 0o777 == 0o700
