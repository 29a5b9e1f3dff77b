"""Forms as a pack states them, kept by the application, which may not change everything."""

from datetime import date

from zhicheng.ground.documents.models import FormLayout
from zhicheng.ground.packs.api import apply_pack


def test_a_form_that_is_worded_anew_replaces_the_old_wording(database: None) -> None:
    """As with every new version of the house; what only a first installation writes would not show it."""
    on = date(2026, 11, 23)
    apply_pack("national", on=on)
    form = FormLayout.objects.get(key="market_rejection", area=None)
    shipped = form.layout
    FormLayout.objects.filter(pk=form.pk).update(layout={**shipped, "title": "投诉不予受理通知"})
    assert apply_pack("national", on=on)["forms"].changed == 1
    form.refresh_from_db()
    assert form.layout == shipped
