"""Registers the app with Django and says what may be written to its tables."""

from django.apps import AppConfig


class PersonalConfig(AppConfig):
    """Personal data: encrypted, found by a blind index, masked."""

    name = "zhicheng.ground.personal"
    label = "personal"

    def ready(self) -> None:
        """Rows are emptied, never removed, and a text cannot be given another hash or record."""
        from zhicheng.ground.database.privileges import TableRule, restrict

        sealed = ("name_sealed", "phone_sealed", "address_sealed", "email_sealed", "phone_index")
        restrict(TableRule("personal_contact", updatable=(*sealed, "progress_agreed_at", "erased_at")))
        restrict(TableRule("personal_personaltext", updatable=("text", "erased_at")))
