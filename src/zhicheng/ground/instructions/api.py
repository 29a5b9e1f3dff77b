"""What other apps may use of instructions."""

from zhicheng.ground.instructions.panel import instructions_panel
from zhicheng.ground.instructions.queries import list_text_subjects

__all__ = ["instructions_panel", "list_text_subjects"]
