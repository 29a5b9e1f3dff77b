import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from zhicheng.runtime.placement import remove_home
from zhicheng.runtime.postgres import EmbeddedPostgres
from zhicheng.runtime.temporary import new_temporary_home, temporary_server


@pytest.fixture(scope="module")
def template():
    """A running server for tests that only ask."""
    with temporary_server() as server:
        yield server


@pytest.fixture(scope="session")
def initialised():
    """A home whose data directory was made but never started: copying it is quicker than making another."""
    home = new_temporary_home()
    EmbeddedPostgres(home, for_tests=True).ensure_initialised()
    yield home
    remove_home(home)


@pytest.fixture
def home(initialised):
    """A home of the test's own, ready to start."""
    home = new_temporary_home()
    subprocess.run(["cp", "-a", f"{initialised.path}/.", str(home.path)], check=True)
    yield home
    remove_home(home)


@pytest.fixture
def server(home):
    """The server of `home`, not started; stopped afterwards."""
    server = EmbeddedPostgres(home, for_tests=True)
    yield server
    server.stop()


@pytest.fixture
def closed_dir():
    """A directory that only its owner may enter, as /root is."""
    path = Path(tempfile.mkdtemp(prefix="zhicheng-closed-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def unused_port():
    """A port of the loopback on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
