"""Registers the app with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public's front door."""

    name = "zhicheng.portal"
    label = "portal"

    def ready(self) -> None:
        """Adds the entries of the portal's head."""
        from zhicheng.core.words import words
        from zhicheng.ground.ui.navigation import PublicEntry, register_public_navigation

        register_public_navigation(PublicEntry(words("Follow a case"), "portal:track"))
        register_public_navigation(PublicEntry(words("Verify a document"), "portal:verify_find"))
        register_public_navigation(PublicEntry(words("Re-run a draw"), "portal:redraw"))
        register_public_navigation(PublicEntry(words("Sign in"), "account_login"))
