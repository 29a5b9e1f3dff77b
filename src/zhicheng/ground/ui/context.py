"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.ui.navigation import enters_records, navigation_for, public_navigation, sees_matters


def house(request: HttpRequest) -> dict[str, Any]:
    """Language, text size, the marks of a demonstration, and the navigation of whoever is signed in."""
    large = request.COOKIES.get("text") == "large"
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "large_text": large,
        "text_size": "large" if large else "normal",
        "simulated_site": is_simulated(),
        "city_name": getattr(request, "city_name", ""),
        "navigation": navigation_for(request),
        "portal_navigation": public_navigation(request),
        "desk_home": reverse(settings.LOGIN_REDIRECT_URL),
        "search_url": reverse(settings.PAGES["search"]) if sees_matters(request) else "",
        "company_url": reverse(settings.PAGES["organization_new"]) if enters_records(request) else "",
        "account_url": reverse(settings.PAGES["account"]),
        "logout_url": reverse("account_logout"),
    }
