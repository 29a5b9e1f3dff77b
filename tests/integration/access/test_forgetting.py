"""Sessions and logs of signing in end; what still counts stays."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from zhicheng.ground.access.forgetting import forget_sessions, forget_signing_in


def test_sessions_that_are_over_go(database: None, now: datetime) -> None:
    for key, hours in (("over", -1), ("lasts", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=hours))
    assert forget_sessions(now) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lasts"]


def test_names_and_addresses_of_signing_in_go_when_their_time_is_over(database: None, now: datetime) -> None:
    for model, days in ((AccessAttempt, 1), (AccessFailureLog, 183), (AccessLog, 183)):
        for name, age in (("old", timedelta(days=days, hours=1)), ("new", timedelta(days=days, hours=-1))):
            fields = {"failures_since_start": 1} if model is AccessAttempt else {}
            one = model.objects.create(username=name, ip_address="192.0.2.1", user_agent="x", **fields)
            model.objects.filter(pk=one.pk).update(attempt_time=now - age)
    assert forget_signing_in(now) == 3
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        assert list(model.objects.values_list("username", flat=True)) == ["new"]
