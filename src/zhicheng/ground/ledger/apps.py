"""Registers the app with Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The append-only ledger: one entry per step and per sensitive read."""

    name = "zhicheng.ground.ledger"
    label = "ledger"
