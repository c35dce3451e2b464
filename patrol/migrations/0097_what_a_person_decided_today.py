"""What a person decided today is asked by each page of the desk: found by person and moment, not among all they ever decided."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0096_subject_requests")]

    operations = [
        migrations.AddIndex(model_name="decision", index=models.Index(fields=["by", "at"], name="decision_by_at")),
        migrations.AlterField(
            model_name="decision",
            name="by",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
