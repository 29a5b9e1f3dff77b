"""Registers the app with Django and says what may be written to its tables."""

from pathlib import Path

from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    """Proceedings: the one table of states, and the only way to move them."""

    name = "zhicheng.ground.proceedings"
    label = "proceedings"

    def ready(self) -> None:
        """The application's role takes steps; the trigger moves the proceeding. The ledger is told to compare, and
        packs are asked for what the tables need.
        """
        from zhicheng.core.words import words
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.database.simulation import register_simulated
        from zhicheng.ground.ledger.api import register_check
        from zhicheng.ground.notices.registry import (
            DUE,
            NUMBER,
            STATE,
            STEP,
            Offer,
            Template,
            Topic,
            register_steps,
            register_templates,
        )
        from zhicheng.ground.packs.api import demand
        from zhicheng.ground.proceedings.audit import check_steps
        from zhicheng.ground.proceedings.demands import demands_of_tables
        from zhicheng.ground.proceedings.telling import steps_told

        restrict(TableRule("proceedings_proceeding", updatable=("due_at", "assignee_id")))
        restrict(TableRule("proceedings_step"))
        restrict(TableRule("proceedings_clock", updatable=("due_at", "ended_at", "extended_by", "pauses")))
        restrict(TableRule("proceedings_participant", updatable=("part",)))
        restrict(TableRule("proceedings_invitation"))
        register_simulated("proceedings.Proceeding")
        register_check("proceedings", check_steps)
        register_steps(steps_told)
        step = (NUMBER, STEP, STATE, DUE)
        register_templates(
            Path(__file__).with_name("notices.toml"),
            Template("matter_yours", words("A matter has come to somebody"), Topic.MATTERS, step, by_step=True),
            Template("matter_moved", words("A matter moved on"), Topic.MATTERS, step, by_step=True),
            Template(
                "reported_moved", words("What a person reported moved on"), Topic.MATTERS, step, by_step=True
            ),
            Template("matter_handed", words("A matter was handed over"), Topic.MATTERS, (NUMBER, DUE)),
            Template(
                "matters_handed",
                words("Several matters were handed over"),
                Topic.MATTERS,
                (Offer("count", "12", "12"),),
            ),
        )
        demand(demands_of_tables)
