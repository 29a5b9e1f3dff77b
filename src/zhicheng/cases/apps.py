"""Registers the app with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases: the closed loop of complaint, analysis, rectification and call-back."""

    name = "zhicheng.cases"
    label = "cases"
