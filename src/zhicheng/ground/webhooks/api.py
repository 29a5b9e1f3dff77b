"""What other apps may use of webhooks."""

from zhicheng.ground.webhooks.models import Delivery, Subscription
from zhicheng.ground.webhooks.queries import list_deliveries, list_subscriptions_of
from zhicheng.ground.webhooks.services import enable, has_subscribers, tell_of_opening

__all__ = [
    "Delivery",
    "Subscription",
    "enable",
    "has_subscribers",
    "list_deliveries",
    "list_subscriptions_of",
    "tell_of_opening",
]
