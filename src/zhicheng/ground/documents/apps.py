"""Registers the app with Django, its sections of packs, and what may be written to its tables."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents: numbered without gaps, frozen when issued, verified by anybody."""

    name = "zhicheng.ground.documents"
    label = "documents"

    def ready(self) -> None:
        """Steps issue forms; what was issued stays as it is; the ledger is told to compare."""
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.documents import indexing, navigation
        from zhicheng.ground.documents.audit import check_documents
        from zhicheng.ground.documents.following import issue_for
        from zhicheng.ground.documents.models import Content
        from zhicheng.ground.documents.sections import FORMS, PREFIXES
        from zhicheng.ground.ledger.api import register_check
        from zhicheng.ground.packs.api import register_section
        from zhicheng.ground.personal.api import register_sealed
        from zhicheng.ground.proceedings.registry import follow_steps

        restrict(TableRule("documents_counter", updatable=("last",)))
        restrict(TableRule("documents_document"))
        restrict(TableRule("documents_content", updatable=("sealed", "erased_at")))
        restrict(TableRule("documents_rendering"))
        restrict(TableRule("documents_revocation"))
        restrict(TableRule("documents_formlayout", updatable=("layout", "valid_to"), deletable=True))
        restrict(TableRule("documents_prefix", updatable=("letters", "sample"), deletable=True))
        register_section(FORMS)
        register_section(PREFIXES)
        register_sealed(Content, ("sealed",))
        register_check("documents", check_documents)
        follow_steps(issue_for)
        navigation.register()
        indexing.register()
