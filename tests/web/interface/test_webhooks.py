"""Programs are told of what they may see: signed, once committed, again and again until it arrives."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import monotonic, sleep
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from web.interface.programs import program, speaking
from web.walk.matters import as_json
from web.walk.moments import NOW
from web.walk.people import City
from web.walk.worlds import HOUSE
from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.ground.interface.api import Scope, revoke_key
from zhicheng.ground.notices.api import Notice
from zhicheng.ground.webhooks import sending
from zhicheng.ground.webhooks.delivery import deliver
from zhicheng.ground.webhooks.models import Delivery, Subscription
from zhicheng.ground.webhooks.rules import MOST_ATTEMPTS, MOST_FAILURES, pause_after
from zhicheng.ground.webhooks.sending import HTTPException, post, read_target, signature_of

HOOKS = "/api/v1/webhooks"


class Listener:
    """Another system: remembers what it is sent, and answers with `status`."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.heard.append((dict(self.headers), body))
                self.send_response(listener.status)
                self.send_header("Location", listener.address + "elsewhere")
                self.end_headers()

            def log_message(self, *told: Any) -> None:
                """Says nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.WEBHOOKS_WITHIN = True
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def client(browsing: City) -> Client:
    return speaking(program(browsing.worlds["t"].body, Role.CLERK)[1].text)


def subscribe(client: Client, url: str, *events: str) -> Any:
    return client.post(HOOKS, {"url": url, "events": events or ["case.step"]}, content_type="application/json")


def step(city: City, key: str = "t") -> None:
    """A clerk takes the step that is due."""
    matter = city.worlds[key].matters["received"]
    address = f"/api/v1/cases/{matter.case.number}/steps"
    answer = city.people[f"{key}-clerk"].browser().post(address, as_json(matter), content_type="application/json")
    assert answer.status_code == 200


def test_a_step_is_told_signed(browsing: City, client: Client, listener: Listener) -> None:
    made = subscribe(client, listener.address).json()
    step(browsing)
    delivery = Delivery.objects.get()
    assert ProcrastinateJob.objects.filter(args={"delivery_id": delivery.pk}, status="todo").count() == 1
    assert deliver(delivery_id=delivery.pk, now=NOW)
    ((heads, body),) = listener.heard
    timestamp = int(heads["Zhicheng-Timestamp"])
    assert heads["Zhicheng-Signature"] == f"sha256={signature_of(made['secret'], timestamp, body)}"
    told = json.loads(body)
    assert (told["event"], told["verb"], told["case"]) == (
        "case.step", "accept", browsing.worlds["t"].matters["received"].case.number
    )  # fmt: skip
    assert browsing.worlds["t"].matters["received"].word not in body.decode()
    assert not deliver(delivery_id=delivery.pk, now=NOW), "it is sent once"
    log = client.get(f"{HOOKS}/{made['id']}/deliveries").json()["items"]
    assert [(one["event"], one["status"], one["attempts"]) for one in log] == [("case.step", 200, 1)]


def test_an_opened_case_is_told(browsing: City, client: Client, listener: Listener) -> None:
    subscribe(client, listener.address, "case.opened")
    body = {
        "category": "leak", "area": browsing.worlds["t"].place.code, "description": "Water drips here.",
    }  # fmt: skip
    number = client.post("/api/v1/cases", body, content_type="application/json").json()["number"]
    delivery = Delivery.objects.get()
    assert (delivery.event, delivery.body["case"]) == ("case.opened", number)


def test_nobody_is_told_of_what_they_may_not_see(browsing: City, listener: Listener) -> None:
    user, issued = program(browsing.worlds["s"].body, Role.CLERK)
    subscribe(speaking(issued.text), listener.address)
    step(browsing, "t")
    assert not Delivery.objects.exists()
    step(browsing, "s")
    delivery = Delivery.objects.get()
    revoke_key(key=issued.key, by=HOUSE, now=NOW)
    assert not deliver(delivery_id=delivery.pk, now=NOW)
    assert listener.heard == []
    assert Delivery.objects.get().error.startswith("The key ended")
    assert user.is_program


def test_it_is_tried_again_with_growing_pauses(browsing: City, client: Client, listener: Listener) -> None:
    subscribe(client, listener.address)
    step(browsing)
    listener.status = 302
    now, delivery = NOW, Delivery.objects.get()
    for attempt in range(1, MOST_ATTEMPTS):
        assert not deliver(delivery_id=delivery.pk, now=now)
        delivery.refresh_from_db()
        assert (delivery.attempts, delivery.error, delivery.next_at) == (
            attempt, "HTTP 302", now + pause_after(attempt)
        )  # fmt: skip
        now = delivery.next_at
    assert not deliver(delivery_id=delivery.pk, now=now)
    delivery.refresh_from_db()
    assert delivery.failed_at == now
    assert len(listener.heard) == MOST_ATTEMPTS, "a redirection is not followed"
    assert Subscription.objects.get().failures == 1


def test_who_answers_drop_by_drop_is_hung_up_on(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then keeps every single wait short; the worker has two hands, and this would hold one."""
    settings.WEBHOOKS_WITHIN = True
    monkeypatch.setattr(sending, "TIMEOUT_S", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=[server], daemon=True).start()
        begun = monotonic()
        with pytest.raises((OSError, HTTPException)):
            post(read_target(f"http://127.0.0.1:{server.getsockname()[1]}/"), b"{}", {})
        assert monotonic() - begun < 3


def drip(server: socket.socket) -> None:
    """Answers a byte at a time, each sooner than a limit for one wait would end."""
    line, _ = server.accept()
    with line, suppress(OSError):
        for byte in b"HTTP/1.1 200 " + b"O" * 60:
            line.send(bytes([byte]))
            sleep(0.1)


def test_what_never_arrives_is_disabled_and_somebody_is_told(
    browsing: City, client: Client, listener: Listener
) -> None:
    made = subscribe(client, listener.address).json()
    step(browsing)
    listener.status = 500
    Subscription.objects.update(failures=MOST_FAILURES - 1)
    delivery = Delivery.objects.get()
    Delivery.objects.update(attempts=MOST_ATTEMPTS - 1)
    assert not deliver(delivery_id=delivery.pk, now=NOW)
    assert Subscription.objects.get().disabled_at == NOW
    told = Notice.objects.filter(template="webhook_disabled")
    assert {one.recipient_id for one in told} == {browsing.people["security"].user.pk}  # type: ignore[union-attr]
    enabled = client.post(f"{HOOKS}/{made['id']}/enable")
    assert enabled.json()["disabled_at"] is None


def test_a_success_forgets_failures(browsing: City, client: Client, listener: Listener) -> None:
    subscribe(client, listener.address)
    Subscription.objects.update(failures=3)
    step(browsing)
    assert deliver(delivery_id=Delivery.objects.get().pk, now=NOW)
    assert Subscription.objects.get().failures == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/x", "https://192.168.1.1/", "https://[::1]/",
        "https://169.254.169.254/latest", "https://0.0.0.0/", "http://127.0.0.1/", "ftp://example.org/",
        "https://user:word@127.0.0.1/", "https:///nowhere", "https://[::ffff:127.0.0.1]/", "https://127.0.0.1:99999/",
    ],
)  # fmt: skip
def test_nothing_is_sent_to_our_own_network(browsing: City, client: Client, url: str) -> None:
    answer = subscribe(client, url)
    assert answer.status_code == 422
    assert not Subscription.objects.exists()
    with pytest.raises(Refused):
        read_target(url)


@pytest.mark.parametrize("path", ["a b", "a\nb", "a\tb", "\x7f", "中"])
def test_an_address_that_nothing_can_be_sent_to_is_refused_at_once(
    browsing: City, client: Client, listener: Listener, path: str
) -> None:
    """It would be tried for hours, and then nobody would be told of anything any more."""
    assert subscribe(client, listener.address + path).status_code == 422
    assert not Subscription.objects.exists()


def test_simulated_records_are_sent_to_our_own_network_alone(
    browsing: City, listener: Listener, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SIMULATED = True
    assert read_target(listener.address).ip == "127.0.0.1"
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: public)
    with pytest.raises(Refused, match="Records here are simulated"):
        read_target("https://example.org/")


def test_a_subscription_is_its_keys_alone(browsing: City, client: Client, listener: Listener) -> None:
    made = subscribe(client, listener.address).json()
    other = speaking(program(browsing.worlds["t"].body, Role.CLERK, name="other")[1].text)
    assert other.get(HOOKS).json() == []
    for answer in (
        other.delete(f"{HOOKS}/{made['id']}"), other.get(f"{HOOKS}/{made['id']}/deliveries"),
        other.post(f"{HOOKS}/{made['id']}/enable"),
    ):  # fmt: skip
        assert answer.status_code == 404
    assert client.delete(f"{HOOKS}/{made['id']}").status_code == 204
    assert client.get(HOOKS).json() == []
    assert Subscription.objects.get().sealed == ""
    step(browsing)
    assert not Delivery.objects.exists()


def test_webhooks_are_for_keys_with_their_scope(browsing: City, listener: Listener) -> None:
    text = program(browsing.worlds["t"].body, Role.CLERK, scopes=(Scope.READ, Scope.WRITE))[1].text
    assert subscribe(speaking(text), listener.address).status_code == 403
    assert browsing.people["t-clerk"].browser().get(HOOKS).status_code == 401


def test_what_ends_meanwhile_is_given_up(browsing: City, client: Client, listener: Listener) -> None:
    subscribe(client, listener.address)
    step(browsing)
    Subscription.objects.update(disabled_at=NOW)
    assert not deliver(delivery_id=Delivery.objects.get().pk, now=NOW + timedelta(days=1))
    assert listener.heard == []


def test_ten_are_enough(browsing: City, client: Client, listener: Listener) -> None:
    answers = [subscribe(client, listener.address).status_code for _ in range(11)]
    assert answers == [201] * 10 + [422]
