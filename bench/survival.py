"""`kill -9` of the queue worker, a web worker and PostgreSQL while complaints are posted to `zhicheng run`.

Says what was lost or doubled (nothing should be), how long each was away, and whether a job that the dead
worker held was done in the end. `--json` writes the same as a file.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clients import Clients
from deployment import Deployment, temporary_deployment
from portal_form import browser, complaint_requests
from process_tree import child_named, children, descendants, running

CITY = "zaozhuang"
QUEUE_WORKER, WEB_WORKER, POSTGRES = 0.1, 0.4, 0.7
"""The shares of the complaints after which each is killed."""
BACK_WITHIN_S = 60.0
JOB_WITHIN_S = 150.0


def main() -> None:
    """Runs the story and prints it; the status is 1 if anything was not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--complaints", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--rate", type=float, default=50.0, help="complaints a second: all must be killed midway")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with temporary_deployment() as deployment:
        report = survive(deployment, options.complaints, options.clients, options.rate)
    text = json.dumps(report, indent=1, ensure_ascii=False)
    print(text)
    if options.json:
        options.json.write_text(text, encoding="utf-8")
    sys.exit(bool(report["wrong"]))


def survive(deployment: Deployment, complaints: int, clients: int, rate: float) -> dict[str, Any]:
    """Posts, kills, waits, verifies and stops; everything that was seen."""
    deployment.start()
    queue = _queue_of(deployment)
    posting = Clients(
        deployment.port, complaint_requests(browser(deployment.port), CITY), count=complaints, clients=clients,
        rate=rate, seed=time.time_ns(),
    )  # fmt: skip
    started = time.monotonic()
    posting.start()
    away, posted = {}, {}
    job_killed_at = 0.0
    for share, name, kill in (
        (QUEUE_WORKER, "queue worker", lambda: kill_queue_worker(deployment, queue)),
        (WEB_WORKER, "web worker", lambda: kill_web_worker(deployment)),
        (POSTGRES, "postgresql", lambda: kill_postgres(deployment, posting)),
    ):
        posting.wait_for(share)
        posted[name] = len(posting.record.receipts)
        if name == "queue worker":
            job_killed_at = time.monotonic()
        away[name] = round(kill(), 2)
    record = posting.finish()
    posting_s = time.monotonic() - started
    stalled_job_s = queue.wait_for_held_job(JOB_WITHIN_S) - job_killed_at
    verified = deployment.zhicheng("ledger", "verify").strip().splitlines()
    wrong = [*queue.faults(record), *_still_posted(posted, complaints)]
    left = _stop(deployment)
    return {
        "complaints": complaints, "posting_s": round(posting_s, 1),
        "longest_wait_s": round(max(record.waits_s), 2),
        "retries": dict(record.retries), "sent_again": record.sent_again, "killed_after": posted,
        "away_s": away, "held_job_done_after_s": round(stalled_job_s, 1), "ledger": verified,
        "events": [line for _, line in deployment.events], "wrong": wrong + left,
    }  # fmt: skip


def kill_queue_worker(deployment: Deployment, queue: Any) -> float:
    """Kills it while it holds a job; seconds until another notice is sent."""
    with queue.held_job():
        before = len(deployment.events)
        killed_at = time.monotonic()
        os.kill(child_named(deployment.pid, "zhicheng worker").pid, signal.SIGKILL)
        deployment.wait_for("worker: killed by SIGKILL", BACK_WITHIN_S, since=before)
    queue.wait_for_a_new_job(BACK_WITHIN_S)
    return time.monotonic() - killed_at


def kill_web_worker(deployment: Deployment) -> float:
    """Kills one of granian's processes; seconds until another has taken its place, while the rest answer."""
    main = child_named(deployment.pid, "granian").pid
    workers = {one.pid for one in children(main)}
    killed = min(workers)
    os.kill(killed, signal.SIGKILL)
    killed_at = time.monotonic()
    _eventually(lambda: killed not in running() and len(children(main)) == len(workers))
    browser(deployment.port)("/healthz")
    return time.monotonic() - killed_at


def kill_postgres(deployment: Deployment, posting: Clients) -> float:
    """Kills the postmaster; seconds until a complaint is acknowledged again."""
    before = len(deployment.events)
    os.kill(int((deployment.home.pgdata / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    killed_at = time.monotonic()
    deployment.wait_for("database: killed by SIGKILL", BACK_WITHIN_S, since=before)
    acknowledged = len(posting.record.receipts)
    deployment.wait_for("database: ready", BACK_WITHIN_S, since=before)
    _eventually(lambda: len(posting.record.receipts) > acknowledged)
    return time.monotonic() - killed_at


def _queue_of(deployment: Deployment) -> Any:
    """Django is set up for this home only now: it reads its settings once."""
    os.environ.update(deployment.env)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhicheng.config.settings"
    import django

    django.setup()
    from survival_checks import Queue

    return Queue(deployment)


def _still_posted(posted: dict[str, int], complaints: int) -> list[str]:
    return [
        f"{name} was killed when nobody posted any more" for name, count in posted.items() if count >= complaints
    ]


def _stop(deployment: Deployment) -> list[str]:
    """Stops everything; what is wrong about how it ended."""
    everything = descendants(deployment.pid)
    status = deployment.stop()
    left = [f"process {one.pid} was left: {one.command}" for pid, one in running().items() if pid in everything]
    return left if status == 0 else [f"zhicheng run ended with status {status}", *left]


def _eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + BACK_WITHIN_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"did not come about in {BACK_WITHIN_S:.0f} s")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
