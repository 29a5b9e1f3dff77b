"""Registers the app with Django and with packs."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access: users, grants, jurisdictions, delegation, and the one scope policy."""

    name = "zhicheng.ground.access"
    label = "access"

    def ready(self) -> None:
        """Keeps the jurisdictions of packs; writes down what people change in their second factor.

        Accounts and grants stay: an account is shut, a grant, delegation or jurisdiction ends.
        """
        from zhicheng.ground.access import second_factor
        from zhicheng.ground.access.forgetting import forget_sessions, forget_signing_in
        from zhicheng.ground.access.store import JURISDICTIONS
        from zhicheng.ground.database.chores import register_chore
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.database.simulation import register_simulated
        from zhicheng.ground.packs.api import bind_store

        restrict(TableRule("access_user", updatable=("password", "last_login", "is_active", "email")))
        restrict(TableRule("access_grant", updatable=("valid_to",)))
        restrict(TableRule("access_delegation", updatable=("ended_at",)))
        restrict(TableRule("access_jurisdiction", updatable=("valid_to",)))
        bind_store("jurisdictions", JURISDICTIONS)
        register_simulated("access.User")
        register_chore("expired sessions", forget_sessions)
        register_chore("logs of signing in", forget_signing_in)
        second_factor.watch()
