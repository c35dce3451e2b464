import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0031_sealed")]

    operations = [
        migrations.AddField(
            model_name="caseevent",
            name="office",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office"),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="to",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opened",
                            "flag_added",
                            "flag_removed",
                            "escalated",
                            "taken",
                            "passed_on",
                            "returned",
                            "note",
                            "message",
                            "closed",
                            "reopened",
                        ],
                    )
                ),
                name="case_event_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "passed_on"), ("to__isnull", False)),
                    models.Q(models.Q(("kind", "passed_on"), _negated=True), ("to__isnull", True)),
                    _connector="OR",
                ),
                name="case_event_passed_on_to_somebody",
            ),
        ),
    ]
