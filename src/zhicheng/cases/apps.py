"""What the rest of the house sees of cases."""

from pathlib import Path

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases: the closed loop of complaint, analysis, rectification and call-back."""

    name = "zhicheng.cases"
    label = "cases"

    def ready(self) -> None:
        """Registers the proceedings and what is known of their subject.

        A case is never deleted. What changes of it: its words, when they are erased; its category, cause and
        company, as steps decide. Number, place, reporter, secret and times stay.
        """
        from zhicheng.cases import registration
        from zhicheng.cases.importing.importer import IMPORTER
        from zhicheng.cases.work_orders.importer import IMPORTER as WORK_ORDERS
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.importing.registry import register_importer
        from zhicheng.ground.notices.registry import register_words

        erasable = ("title", "description", "respondent", "reply", "erased_at")
        restrict(TableRule("cases_case", updatable=("category_id", "cause_id", "company_id", *erasable)))
        snippet = ("area_id", "title", "text", "source", "reviewed_on", "retired_on", "sample")
        restrict(TableRule("cases_snippet", updatable=snippet))
        reply = ("kind", "verb", "need", "category", "title", "text", "saved_on", "retired_on", "sample")
        restrict(TableRule("cases_replytemplate", updatable=reply))
        answered = ("acknowledged_at", "acknowledged_by_id", "word")
        restrict(TableRule("cases_hotspotalert", updatable=("over_at", *answered)))
        restrict(TableRule("cases_joint", updatable=("parted_at",)))
        told = ("cases_externalclock", "cases_answersheet", "cases_answerline")
        for table in ("cases_call", "cases_suggestionmodel", "cases_categorychoice", *told):
            restrict(TableRule(table))
        register_words(Path(__file__).with_name("notices.toml"))
        register_importer(IMPORTER)
        register_importer(WORK_ORDERS)
        registration.register()
