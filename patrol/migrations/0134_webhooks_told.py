"""When the office of a webhook was told that nothing arrives there (ADR 78): once, until it does again."""

from django.db import migrations, models

TOLD = """
UPDATE patrol_webhook SET told_at = now()
WHERE state = 'failing' OR (state = 'paused' AND NOT EXISTS (SELECT FROM patrol_reached WHERE name = 'restored'))
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0133_approvals_taken_back")]

    operations = [
        migrations.AddField(model_name="webhook", name="told_at", field=models.DateTimeField(null=True)),
        # Its office was told of the one that fails, and somebody there paused the other; unless a restore did, of which nobody was told.
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]
