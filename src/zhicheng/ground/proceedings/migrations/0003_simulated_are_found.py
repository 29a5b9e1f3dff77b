"""Whether anything is simulated is asked often; the answer must not cost a look at every proceeding."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index of the simulated rows alone: empty where everything is real."""

    dependencies: ClassVar = [("proceedings", "0002_steps_move_proceedings")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="proceeding",
            index=models.Index(fields=["id"], name="proceeding_simulated", condition=models.Q(simulated=True)),
        ),
    ]
