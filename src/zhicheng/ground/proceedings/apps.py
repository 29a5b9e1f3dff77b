"""Registers the app with Django and says what may be written to its tables."""

from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    """Proceedings: the one table of states, and the only way to move them."""

    name = "zhicheng.ground.proceedings"
    label = "proceedings"

    def ready(self) -> None:
        """The application's role takes steps; the trigger moves the proceeding. The ledger is told to compare."""
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.database.simulation import register_simulated
        from zhicheng.ground.ledger.api import register_check
        from zhicheng.ground.proceedings.audit import check_steps

        restrict(TableRule("proceedings_proceeding", updatable=("due_at", "assignee_id")))
        restrict(TableRule("proceedings_step"))
        restrict(TableRule("proceedings_clock", updatable=("due_at", "ended_at", "extended_by", "pauses")))
        restrict(TableRule("proceedings_participant", updatable=("part",)))
        restrict(TableRule("proceedings_invitation"))
        register_simulated("proceedings.Proceeding")
        register_check("proceedings", check_steps)
