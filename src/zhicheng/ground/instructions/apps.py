"""Registers the app with Django, its tables of steps, and what may be written to its table."""

from pathlib import Path

from django.apps import AppConfig


class InstructionsConfig(AppConfig):
    """Leaders' instructions on matters of the house."""

    name = "zhicheng.ground.instructions"
    label = "instructions"

    def ready(self) -> None:
        """An instruction is a subject with proceedings of its own; the row itself never changes."""
        from django.urls import reverse

        from zhicheng.core.words import words
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.instructions.models import SUBJECT
        from zhicheng.ground.instructions.queries import titles_of
        from zhicheng.ground.instructions.rules import ESCALATION, INSTRUCTION
        from zhicheng.ground.instructions.services import facts_of, follow
        from zhicheng.ground.notices.registry import DUE, NUMBER, Template, Topic, register_templates
        from zhicheng.ground.proceedings.registry import SubjectKind, register_process, register_subject

        def address(instruction: int) -> str:
            return reverse("instructions:instruction", args=[instruction])

        restrict(TableRule("instructions_instruction"))
        register_templates(
            Path(__file__).with_name("notices.toml"),
            Template(
                "instruction_written", words("An instruction was written"), Topic.INSTRUCTIONS, (NUMBER, DUE)
            ),
            Template(
                "instruction_late", words("An instruction was not answered"), Topic.INSTRUCTIONS, (NUMBER, DUE)
            ),
        )
        register_process(INSTRUCTION)
        register_process(ESCALATION)
        register_subject(
            SubjectKind(
                key=SUBJECT,
                facts=facts_of,
                after_step=follow,
                address=address,
                titles=titles_of,
                public_address=address,
                contact=lambda instruction: None,
                handler=lambda instruction: None,
            )
        )
