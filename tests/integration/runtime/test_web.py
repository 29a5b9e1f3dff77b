"""The real web server under supervision, with an application of two lines."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from integration.runtime.process_table import descendants, eventually, gone

APPLICATION = """
import os
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]
"""
SUPERVISOR = """
import os, sys
from pathlib import Path
from zhicheng.runtime.services import WebOptions, web_service
from zhicheng.runtime.supervise import Supervisor
options = WebOptions(port=int(sys.argv[1]), application="tiny:application")
sys.exit(Supervisor([web_service(options, os.environ, Path.cwd())], print).run())
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


@pytest.fixture
def supervisor(tmp_path, unused_port):
    (tmp_path / "tiny.py").write_text(APPLICATION)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    process = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(unused_port)], cwd=tmp_path, env=env)
    eventually(lambda: answers(unused_port))
    yield process
    process.terminate()
    process.wait(timeout=20)


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/")
        return connection.getresponse().read() == b"here"
    return False


def family(supervisor):
    """The server's main process and its workers, once all three are there."""
    eventually(lambda: len(descendants(supervisor.pid)) == 3)
    everyone = descendants(supervisor.pid)
    (main,) = [pid for pid in everyone if len(descendants(pid)) == 2]
    return main, everyone - {main}


def test_web_survives_the_death_of_worker_main_process_and_supervisor(supervisor, unused_port):
    main, workers = family(supervisor)
    worker = min(workers)
    os.kill(worker, signal.SIGKILL)
    eventually(lambda: gone({worker}))
    same_main, replaced = family(supervisor)
    assert same_main == main
    assert answers(unused_port)

    os.kill(main, signal.SIGKILL)
    eventually(lambda: gone({main, *replaced}))  # workers of a dead main process are not left to serve on
    eventually(lambda: answers(unused_port))
    new_main, new_workers = family(supervisor)

    supervisor.kill()
    supervisor.wait()
    eventually(lambda: gone({new_main, *new_workers}))
    assert not answers(unused_port)
