"""What other apps may use of notices."""

from zhicheng.ground.notices.adapters import Adapter, Message, NotTaken, Undeliverable, register_adapter
from zhicheng.ground.notices.dropping import try_again
from zhicheng.ground.notices.loaded import Quiet, Stated, list_stated, quiet_at
from zhicheng.ground.notices.models import Attempt, Channel, Notice, RecipientKind
from zhicheng.ground.notices.queries import (
    count_unread,
    list_attempts,
    list_notices,
    list_notices_about,
    list_packed_areas,
    list_sent_out,
    list_undeliverable,
    masked_recipients,
)
from zhicheng.ground.notices.recipients import Recipient
from zhicheng.ground.notices.registry import TOPICS, Template, Topic, known_steps, list_templates, template_of
from zhicheng.ground.notices.rendering import render as render_notice
from zhicheng.ground.notices.rules import DROPPED, MOST_PARTS, may_be_tried_again
from zhicheng.ground.notices.sampling import sampled
from zhicheng.ground.notices.services import mark_read, notify
from zhicheng.ground.notices.standing import CHANNELS, STANDINGS, Standing, standing_of
from zhicheng.ground.notices.stopping import Stoppable, code_of, read_code, stop_path
from zhicheng.ground.notices.wishes import choose_topics, is_wanted, topics_by_email, want

__all__ = [
    "CHANNELS",
    "DROPPED",
    "MOST_PARTS",
    "STANDINGS",
    "TOPICS",
    "Adapter",
    "Attempt",
    "Channel",
    "Message",
    "NotTaken",
    "Notice",
    "Quiet",
    "Recipient",
    "RecipientKind",
    "Standing",
    "Stated",
    "Stoppable",
    "Template",
    "Topic",
    "Undeliverable",
    "choose_topics",
    "code_of",
    "count_unread",
    "is_wanted",
    "known_steps",
    "list_attempts",
    "list_notices",
    "list_notices_about",
    "list_packed_areas",
    "list_sent_out",
    "list_stated",
    "list_templates",
    "list_undeliverable",
    "mark_read",
    "masked_recipients",
    "may_be_tried_again",
    "notify",
    "quiet_at",
    "read_code",
    "register_adapter",
    "render_notice",
    "sampled",
    "standing_of",
    "stop_path",
    "template_of",
    "topics_by_email",
    "try_again",
    "want",
]
