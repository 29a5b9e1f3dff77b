"""What the rest of the house sees of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases: the closed loop of complaint, analysis, rectification and call-back."""

    name = "zhicheng.cases"
    label = "cases"

    def ready(self) -> None:
        """Registers the proceedings and what is known of their subject."""
        from zhicheng.cases import registration
        from zhicheng.ground.database.privileges import TableRule, restrict

        for table in ("cases_suggestionmodel", "cases_categorychoice"):
            restrict(TableRule(table))

        registration.register()
