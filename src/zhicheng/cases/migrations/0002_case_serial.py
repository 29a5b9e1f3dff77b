"""The serial of case numbers; blocks taken by a process may leave gaps."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """One sequence for all cities: a number is told apart by its area and year as well."""

    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE cases_case_serial", "DROP SEQUENCE cases_case_serial")
    ]
