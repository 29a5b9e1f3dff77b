"""E-mail addresses of people, and whether they agree to be told of progress."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns; what is erased is empty of both."""

    dependencies: ClassVar = [
        ("personal", "0002_retention_is_a_limit"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="contact",
            name="contact_erased_is_empty",
        ),
        migrations.AddField(
            model_name="contact",
            name="email_sealed",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="contact",
            name="progress_agreed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(
                        ("address_sealed", ""),
                        ("email_sealed", ""),
                        ("name_sealed", ""),
                        ("phone_index", ""),
                        ("phone_sealed", ""),
                    ),
                    _connector="OR",
                ),
                name="contact_erased_is_empty",
            ),
        ),
    ]
