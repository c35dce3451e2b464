import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from patrol.migrations import _guards


def states_of_old(apps, schema_editor):
    """Who was handed to a desk before there were states."""
    schema_editor.execute("UPDATE patrol_protection SET state = 'handed_over', desk = 'other' WHERE handed_at IS NOT NULL")


def begin_timelines(apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO patrol_protectionevent (flag_id, office_id, kind, at, by_id, note, detail)"
        " SELECT flag_id, office_id, 'marked', at, by_id, note, '' FROM patrol_protection"
        " UNION ALL SELECT flag_id, office_id, 'handed_over', handed_at, handed_by_id, '', 'other:' || handed_to"
        " FROM patrol_protection WHERE handed_at IS NOT NULL ORDER BY 4"
    )


def guard(apps, schema_editor):
    for sql in (
        _guards.append_only_sql("patrol_protectionevent"),
        _guards.moves_sql(
            "patrol_protection",
            ("closed", "new"),
            ("contacted", "closed"),
            ("contacted", "handed_over"),
            ("contacted", "new"),
            ("handed_over", "closed"),
            ("handed_over", "new"),
            ("new", "closed"),
            ("new", "contacted"),
            ("new", "handed_over"),
        ),
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0018_pictures_and_ways_of_campaigns")]

    operations = [
        migrations.CreateModel(
            name="ProtectionEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                ("detail", models.CharField(blank=True, max_length=220)),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddField(model_name="protection", name="closed_at", field=models.DateTimeField(null=True, verbose_name="closed")),
        migrations.AddField(
            model_name="protection",
            name="closed_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(model_name="protection", name="desk", field=models.CharField(blank=True, max_length=20)),
        migrations.AddField(model_name="protection", name="ending", field=models.CharField(blank=True, max_length=20)),
        migrations.AddField(
            model_name="protection", name="state", field=models.CharField(default="new", max_length=20, verbose_name="state")
        ),
        migrations.AddField(model_name="protection", name="version", field=models.PositiveIntegerField(default=1)),
        migrations.RunPython(states_of_old, migrations.RunPython.noop),
        migrations.AddIndex(model_name="protection", index=models.Index(fields=["office", "state", "-at"], name="protection_by_office")),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["new", "contacted", "handed_over", "closed"])), name="protection_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(("desk__in", ["", "own", "p4mi", "mission", "hotline", "other"])), name="protection_desk"
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(("ending__in", ["", "helped", "returned", "advised", "unreachable", "declined", "not_harmed"])),
                name="protection_ending",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    _connector="OR",
                ),
                name="protection_closed_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "handed_over"), _negated=True), ("handed_at__isnull", False), _connector="OR"),
                name="protection_handed_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state", "closed"), models.Q(("ending", ""), _negated=True)),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True), ("ending", "")),
                    _connector="OR",
                ),
                name="protection_closed_state",
            ),
        ),
        migrations.AddField(
            model_name="protectionevent",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="protectionevent",
            name="flag",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="protection_events", to="patrol.flag"),
        ),
        migrations.AddField(
            model_name="protectionevent",
            name="office",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office"),
        ),
        migrations.AddConstraint(
            model_name="protectionevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["marked", "contacted", "handed_over", "moved", "note", "contacts_shown", "closed", "reopened", "mark_reversed"],
                    )
                ),
                name="protection_event_kind",
            ),
        ),
        migrations.RunPython(begin_timelines, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
