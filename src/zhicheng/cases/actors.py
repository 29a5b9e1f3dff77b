"""People without an account who act on one case: its reporter, and a company that was invited to answer."""

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.core.access import Actor, Role
from zhicheng.ground.parties.api import Organization


def reporter_of(case: Case) -> Actor:
    """The reporter: whoever has the case's secret."""
    return Actor(key=f"reporter:{case.id}", name="reporter", own=(SUBJECT, case.id), own_role=Role.REPORTER)


def invited_company(case: Case, company: Organization) -> Actor:
    """A company that answers by the link of its invitation: on this case and no other."""
    return Actor(
        key=f"company:{company.id}",
        name=company.name[:60],
        own=(SUBJECT, case.id),
        own_role=Role.COMPANY,
        organization_id=company.id,
    )
