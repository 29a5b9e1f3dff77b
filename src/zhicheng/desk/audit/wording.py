"""Acts, actors and subjects of the ledger in words. What has none is shown by its code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhicheng.core.access import Subject
from zhicheng.core.words import words
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.proceedings.api import list_processes

ACTS = {
    "open": words("Opened"),
    "assign": words("Made somebody's to handle, or nobody's"),
    "open_account": words("Account opened"),
    "lock_account": words("Account locked"),
    "unlock_account": words("Account unlocked"),
    "set_password": words("Password set"),
    "set_email": words("E-mail address set"),
    "issue_key": words("Key issued"),
    "revoke_key": words("Key revoked"),
    "subscribe": words("Webhook subscribed"),
    "unsubscribe": words("Webhook ended"),
    "issue_password_link": words("Password link shown"),
    "add_second_factor": words("Second factor set up"),
    "remove_second_factor": words("Second factor removed"),
    "renew_recovery_codes": words("Recovery codes renewed"),
    "grant_role": words("Role granted"),
    "end_grant": words("Grant ended"),
    "delegate": words("Grant delegated"),
    "end_delegation": words("Delegation taken back"),
    "export": words("List exported"),
    "reveal": words("Personal data shown in full"),
    "document.issue": words("Document issued"),
    "document.correct": words("Corrected version issued"),
    "document.revoke": words("Document revoked"),
    "document.render": words("PDF of a document made"),
    "document.read": words("Document read"),
    "erase": words("Personal data erased"),
    "case.add_files": words("Files added by a program"),
    "case.categorise": words("Category of a historical case given"),
    "record_historical": words("Recorded as a historical case"),
    "invite": words("Link made for a company"),
    "answers.hand_over": words("Answers handed over to another hotline"),
    "hot_spot.tell": words("Alert of a hot spot"),
    "hot_spot.acknowledge": words("Alert of a hot spot answered"),
    "case.joined": words("Another case joined to it"),
    "case.parted": words("Another case parted from it"),
    "case.erase": words("Personal data of the case erased"),
    "import.finish": words("Import finished"),
    "organization.register": words("Organization registered"),
    "organization.revise": words("Organization revised"),
    "site.register": words("Site registered"),
    "site.revise": words("Site corrected"),
    "product.register": words("Product registered"),
    "product.revise": words("Product corrected"),
    "responsibility.record": words("Responsibility recorded"),
    "responsibility.end": words("Responsibility ended"),
    "call.erase": words("Personal data of a call erased"),
    "take_call": words("Call recorded"),
    "look_up": words("Reporter looked up by number"),
    "snippet.add": words("Knowledge added"),
    "snippet.revise": words("Knowledge revised"),
    "snippet.retire": words("Knowledge taken out of use"),
    "hand_over": words("Matters of somebody who leaves handed over"),
    "note.write": words("Note to colleagues written"),
    "note.erase": words("Note to colleagues deleted"),
    "reply.add": words("Reply template added"),
    "reply.revise": words("Reply template revised"),
    "reply.retire": words("Reply template taken out of use"),
    "card.yellow": words("Yellow card issued"),
    "card.red": words("Red card issued"),
    "card.remind": words("Reminder sent"),
    "card.raise": words("Red card taken to the superior body"),
    "archive.file": words("Filed in the archive"),
    "archive.take_out": words("Taken out of the archive"),
    "archive.print": words("Register of the archive printed"),
    "retry_job": words("Job tried again"),
    "retry_notice": words("Notice tried again"),
    "choose_notices": words("E-mail notices chosen"),
    "agree": words("Agreed to be told of progress"),
    "withdraw_consent": words("Progress notices stopped"),
}
SUBJECTS = {
    "answer_sheet": words("Answers to another hotline"),
    "calendar": words("Calendar of working days"),
    "call": words("Call"),
    "case": words("Case"),
    "contact": words("Contact"),
    "document": words("Document"),
    "file": words("File"),
    "filing": words("Filing in the archive"),
    "hot_spot": words("Hot spot"),
    "import": words("Import"),
    "instruction": words("Leader's instruction"),
    "job": words("Job"),
    "notice": words("Notice"),
    "organization": words("Organization"),
    "proceeding": words("Proceeding"),
    "product": words("Product"),
    "reply_template": words("Reply template"),
    "site": words("Site"),
    "snippet": words("Knowledge"),
    "user": words("Account"),
}
SHOWN = 50
"""Acts that an account's history shows; the rest is in the ledger."""
ACTORS = {
    "company": words("Company"),
    "public": words("Public"),
    "reporter": words("Reporter"),
    "system": words("System"),
}
REQUEST = "request_"


@dataclass(frozen=True)
class Happened:
    """One act as a history shows it."""

    what: str
    who: str
    at: datetime
    number: int


def act_label(act: str) -> str:
    """An act in the reader's language: a deed of the house, or a step of a proceeding."""
    if act in ACTS:
        return gettext(ACTS[act])
    if act.startswith(REQUEST):
        return gettext("Approval requested: %(what)s") % {"what": act_label(act.removeprefix(REQUEST))}
    label = next((step.label for one in list_processes() for step in one.steps if step.verb == act), "")
    return gettext(label) if label else act


def subject_label(kind: str) -> str:
    """A kind of subject in the reader's language."""
    return gettext(SUBJECTS[kind]) if kind in SUBJECTS else kind


def actor_labels(actors: Iterable[str]) -> dict[str, str]:
    """Who acted, by the ledger's key: an account by its login name, others by what they are. One query."""
    keys = set(actors)
    ids = {int(key[5:]) for key in keys if key.startswith("user:") and key[5:].isdecimal()}
    accounts = dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))
    return {key: _actor(key, accounts) for key in keys}


def happenings_of(subject: Subject) -> list[Happened]:
    """The last fifty acts of a chain, newest first."""
    entries = list(list_entries(subject).reverse()[:SHOWN])
    who = actor_labels(entry.actor for entry in entries)
    return [Happened(act_label(one.act), who[one.actor], one.at, one.number) for one in entries]


def _actor(key: str, accounts: dict[int, str]) -> str:
    kind, _, rest = key.partition(":")
    if kind == "user" and rest.isdecimal():
        return accounts.get(int(rest), key)
    if kind in ACTORS:
        return " ".join(filter(None, (gettext(ACTORS[kind]), rest)))
    return key
