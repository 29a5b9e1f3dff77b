"""Whoever telephones is called a reporter, as everywhere; a caller is the clerk who calls back."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column gets another name and its index is made anew; no row is touched."""

    dependencies: ClassVar = [("cases", "0009_reply_templates")]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="call", name="call_caller"),
        migrations.RenameField(model_name="call", old_name="caller", new_name="reporter"),
        migrations.AddIndex(model_name="call", index=models.Index(fields=["reporter"], name="call_reporter")),
    ]
