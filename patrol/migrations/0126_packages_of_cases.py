"""Packages of a case: their minutes and their entries of custody are of a kind of their own (ADR 76)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0130_cut_taken_back")]

    operations = [
        migrations.RemoveConstraint("minutes", "minutes_kind"),
        migrations.RemoveConstraint("custodyentry", "custody_act"),
        migrations.AddConstraint(
            "minutes", models.CheckConstraint(condition=models.Q(("kind__in", ["taken", "handed_over", "exported"])), name="minutes_kind")
        ),
        migrations.AddConstraint(
            "custodyentry",
            models.CheckConstraint(condition=models.Q(("act__in", ["taken", "handed_over", "exported", "refused"])), name="custody_act"),
        ),
    ]
