"""The addresses of an importer's pages, for the app that has it to put among its own."""

from django.urls import URLPattern, path

from zhicheng.ground.importing import views


def import_pages(importer: str, at: str, name: str) -> list[URLPattern]:
    """Upload, columns and result, and the refused rows, below `at`; `name` begins their names."""
    given = {"importer": importer}
    return [
        path(at, views.upload, given, name=name),
        path(f"{at}<uuid:key>/", views.run, given, name=f"{name}_run"),
        path(f"{at}<uuid:key>/refused.xlsx", views.errors, given, name=f"{name}_errors"),
    ]
