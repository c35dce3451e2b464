import django.db.models.deletion
from django.db import migrations, models

from patrol.migrations import _guards

# What was erased before there was anybody who removed files.
_ERASED_BEFORE = """
INSERT INTO patrol_erasedfile (sha256, erasure_id, state, why)
SELECT c.sha256, max(e.id), 'due', '' FROM patrol_erasure e
  JOIN patrol_postversion v ON v.id = e.version_id
  JOIN patrol_capture c ON c.id = v.capture_id OR c.post_id = v.post_id
 GROUP BY c.sha256
"""


def guard(apps, schema_editor):
    schema_editor.execute(_guards.erasure_of_files_sql(), params=None)
    schema_editor.execute(_ERASED_BEFORE)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0019_protections")]

    operations = [
        migrations.CreateModel(
            name="ErasedFile",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=10)),
                ("why", models.CharField(blank=True, max_length=20)),
                ("removed_at", models.DateTimeField(null=True)),
                ("erasure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="patrol.erasure")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("state", "due")), fields=["sha256"], name="erased_file_due")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", ["due", "removed", "kept"])), name="erased_file_state"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", False), ("state", "removed")),
                            models.Q(models.Q(("state", "removed"), _negated=True), ("removed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="erased_file_removed_pair",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
