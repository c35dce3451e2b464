"""When the office of a webhook was told that nothing arrives there (ADR 78): once, until it does again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0133_approvals_taken_back")]

    operations = [
        migrations.AddField(model_name="webhook", name="told_at", field=models.DateTimeField(null=True)),
        # Its office was told of the one that fails, and somebody there paused the other.
        migrations.RunSQL("UPDATE patrol_webhook SET told_at = now() WHERE state IN ('failing', 'paused')", migrations.RunSQL.noop),
    ]
