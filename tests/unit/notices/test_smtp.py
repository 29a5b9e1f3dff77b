"""Addresses of mail servers, and what is sent to one that listens on this machine."""

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from zhicheng.ground.notices.adapters import Message, Undeliverable
from zhicheng.ground.notices.models import Channel
from zhicheng.ground.notices.smtp import SmtpAdapter, SmtpUrlError

LETTER = Message(key="abc", channel=Channel.EMAIL, title="TS-17：已受理", text="请查看。\n", to="li@example.org")


class Server(socketserver.TCPServer):
    """Just enough of RFC 5321 to take a letter, or to refuse its recipient."""

    allow_reuse_address = True

    def __init__(self, refusal: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.refusal = refusal
        self.letters: list[EmailMessage] = []


class Dialogue(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say("220 ready")
        for line in iter(self.rfile.readline, b""):
            verb = line[:4].upper()
            if verb == b"DATA":
                self.take_letter()
            elif verb == b"RCPT" and self.server.refusal:
                self.say(self.server.refusal)
            elif verb == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 well")
        return None

    def take_letter(self) -> None:
        self.say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.letters.append(letter)
        self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server(getattr(request, "param", "")) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def adapter(server: Server) -> SmtpAdapter:
    return SmtpAdapter.from_url(f"smtp://127.0.0.1:{server.server_address[1]}", "no-reply@city.example")


def test_a_letter_arrives_whole(server: Server) -> None:
    adapter(server).send(LETTER)
    (letter,) = server.letters
    assert (letter["Subject"], letter["From"], letter["To"]) == (
        "TS-17：已受理", "no-reply@city.example", "li@example.org",
    )  # fmt: skip
    assert letter["Message-ID"] == "<abc@city.example>"
    assert letter.get_content().strip() == "请查看。"


@pytest.mark.parametrize("server", ["550 no such user"], indirect=True)
def test_an_address_refused_for_good_is_undeliverable(server: Server) -> None:
    with pytest.raises(Undeliverable) as refusal:
        adapter(server).send(LETTER)
    assert "example.org" not in str(refusal.value)


@pytest.mark.parametrize("server", ["451 come back later"], indirect=True)
def test_an_address_refused_for_now_is_tried_again(server: Server) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        adapter(server).send(LETTER)


def test_the_parts_of_an_address() -> None:
    full = SmtpAdapter.from_url("smtps://u%40x:p%3Aw@mail.example?from=office@city.example", "other@x")
    assert (full.host, full.port, full.tls) == ("mail.example", 465, "tls")
    assert (full.username, full.password, full.sender) == ("u@x", "p:w", "office@city.example")
    plain = SmtpAdapter.from_url("smtp://mail.example", "no-reply@city.example")
    assert (plain.port, plain.tls, plain.sender) == (587, "starttls", "no-reply@city.example")


@pytest.mark.parametrize("url", ["mail.example:25", "http://mail.example", "smtp://"])
def test_what_is_no_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SmtpUrlError, match="must look like smtp://"):
        SmtpAdapter.from_url(url, "x@y")


def test_the_address_of_a_person_shows_in_no_repr() -> None:
    assert "example.org" not in repr(LETTER)


def test_a_letter_says_how_to_stop_by_one_press(server: Server) -> None:
    from dataclasses import replace

    address = f"smtp://127.0.0.1:{server.server_address[1]}"
    adapter = SmtpAdapter.from_url(address, "no-reply@example.org", "https://zc.example")
    for letter in (replace(LETTER, stop="/stop/c-1-x/"), LETTER):
        adapter.send(letter)
    stoppable, owed = server.letters
    assert stoppable["List-Unsubscribe"] == "<https://zc.example/stop/c-1-x/>"
    assert stoppable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert owed["List-Unsubscribe"] is None
