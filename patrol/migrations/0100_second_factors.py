"""Sessions know whose they are; an account can be left without its second factors. What counted failures by itself is gone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Of django-axes and of the sessions before: nobody reads them any more. Everybody logs in anew.
GONE = """
DROP TABLE IF EXISTS axes_accessattemptexpiration, axes_accessattempt, axes_accessfailurelog, axes_accesslog, django_session;
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0099_policy_violations")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key")),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(condition=models.Q(("person__isnull", False)), fields=["person"], name="session_person")]},
        ),
        migrations.RemoveConstraint(model_name="appointment", name="appointment_kind"),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["made", "changed", "link", "factors", "kept"])), name="appointment_kind"
            ),
        ),
        migrations.RunSQL(GONE, migrations.RunSQL.noop),
    ]
