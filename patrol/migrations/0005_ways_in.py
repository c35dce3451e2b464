import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from patrol.migrations import _guards


def erase_too(apps, schema_editor):
    schema_editor.execute(_guards.erasure_of_bands_sql(), params=None)


def name_the_kind(apps, schema_editor):
    watches = apps.get_model("patrol", "Watch").objects.using(schema_editor.connection.alias)
    watches.filter(platform="feed").update(kind="feed")


class Migration(migrations.Migration):
    dependencies = [("patrol", "0004_rows_of_nearly_the_same_text")]

    operations = [
        migrations.CreateModel(
            name="Credential",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("platform", models.CharField(max_length=20, verbose_name="platform")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("sealed", models.TextField()),
                ("expires_at", models.DateTimeField(null=True, verbose_name="expires")),
                ("refused_at", models.DateTimeField(null=True, verbose_name="refused")),
                ("refusal", models.JSONField(null=True)),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="retired")),
            ],
            options={"verbose_name": "credential", "verbose_name_plural": "credentials", "ordering": ["name"]},
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("paired_at", models.DateTimeField(verbose_name="paired")),
                ("last_used_at", models.DateTimeField(null=True, verbose_name="last used")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked")),
            ],
            options={"verbose_name": "device", "verbose_name_plural": "devices", "ordering": ["-id"]},
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("at", models.DateTimeField(verbose_name="received")),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="name")),
                ("format", models.CharField(blank=True, max_length=30, verbose_name="format")),
                ("options", models.JSONField(default=dict)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("items", models.PositiveIntegerField(default=0)),
                ("posts_new", models.PositiveIntegerField(default=0)),
                ("posts_changed", models.PositiveIntegerField(default=0)),
                ("posts_repeated", models.PositiveIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("bad", models.PositiveIntegerField(default=0)),
                ("left", models.JSONField(default=list)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={"verbose_name": "intake", "verbose_name_plural": "intakes", "ordering": ["-id"]},
        ),
        migrations.CreateModel(
            name="ImportedFile",
            fields=[],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-id"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("patrol.intake",),
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=200)),
                ("target", models.JSONField(default=dict)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_token", models.UUIDField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("problem", models.JSONField(null=True)),
            ],
            options={"verbose_name": "job", "verbose_name_plural": "jobs"},
        ),
        migrations.CreateModel(
            name="KeywordPack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("about", models.CharField(max_length=20, verbose_name="about")),
                ("words", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), verbose_name="words")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
            ],
            options={"verbose_name": "keyword pack", "verbose_name_plural": "keyword packs", "ordering": ["name"]},
        ),
        migrations.CreateModel(
            name="Media",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("width", models.PositiveIntegerField(null=True)),
                ("height", models.PositiveIntegerField(null=True)),
                ("problem", models.JSONField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PairingCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_sha256", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("platform", models.CharField(max_length=20)),
                ("account", models.CharField(max_length=200)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("links", models.JSONField(default=list)),
                ("url", models.TextField()),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(model_name="capture", name="capture_has_collector"),
        migrations.RemoveConstraint(model_name="reading", name="reading_once"),
        migrations.RemoveConstraint(model_name="watch", name="watch_once"),
        migrations.AddField(
            model_name="capture",
            name="post",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="captures", to="patrol.post"),
        ),
        migrations.AddField(model_name="reading", name="pictures_key", field=models.CharField(blank=True, max_length=64)),
        migrations.AddField(model_name="readingclaims", name="code_texts", field=models.JSONField(default=list)),
        migrations.AddField(model_name="readingclaims", name="places", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="watch", name="daily_quota", field=models.PositiveIntegerField(null=True, verbose_name="posts a day at most")
        ),
        migrations.AddField(
            model_name="watch",
            name="kind",
            field=models.CharField(default="channel", max_length=20, verbose_name="kind of query"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="watch", name="priority", field=models.PositiveSmallIntegerField(default=2, verbose_name="priority")
        ),
        migrations.AddField(model_name="watch", name="quiet_from", field=models.TimeField(null=True, verbose_name="quiet from")),
        migrations.AddField(model_name="watch", name="quiet_to", field=models.TimeField(null=True, verbose_name="quiet to")),
        migrations.AddField(model_name="watch", name="windows", field=models.JSONField(default=list, verbose_name="hours")),
        migrations.AlterField(
            model_name="seen",
            name="fetch",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.fetch"),
        ),
        migrations.AlterField(
            model_name="seen",
            name="watch",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seen", to="patrol.watch"),
        ),
        migrations.AlterField(model_name="watch", name="query", field=models.CharField(blank=True, max_length=500, verbose_name="query")),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("version", "reader_version", "pictures_key"), name="reading_once"),
        ),
        migrations.AddField(
            model_name="credential",
            name="changed_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="watch",
            name="credential",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="watches",
                to="patrol.credential",
                verbose_name="credential",
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="devices", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="intake",
            name="device",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to="patrol.device"),
        ),
        migrations.AddField(
            model_name="intake",
            name="office",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to="patrol.office"),
        ),
        migrations.AddField(
            model_name="intake",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="capture",
            name="intake",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="captures", to="patrol.intake"),
        ),
        migrations.AddField(
            model_name="seen",
            name="intake",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seen", to="patrol.intake"),
        ),
        migrations.AddConstraint(
            model_name="seen", constraint=models.UniqueConstraint(fields=("post", "intake"), name="seen_once_by_intake")
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fetch__isnull", False), ("watch__isnull", False)),
                    models.Q(("fetch__isnull", True), ("watch__isnull", True)),
                    _connector="OR",
                ),
                name="seen_watch_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.CheckConstraint(
                condition=models.Q(("watch__isnull", False), ("intake__isnull", False), _connector="XOR"), name="seen_one_way"
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="capture",
            name="job",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="captures", to="patrol.job"),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.CheckConstraint(
                condition=models.Q(("fetch__isnull", False), ("person__isnull", False), ("job__isnull", False), _connector="OR"),
                name="capture_has_collector",
            ),
        ),
        migrations.AddField(
            model_name="keywordpack",
            name="changed_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="watch",
            name="packs",
            field=models.ManyToManyField(related_name="watches", to="patrol.keywordpack", verbose_name="keyword packs"),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("query", ""), _negated=True), fields=("platform", "kind", "query"), name="watch_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_from__isnull", False), ("quiet_to__isnull", False)),
                    models.Q(("quiet_from__isnull", True), ("quiet_to__isnull", True)),
                    _connector="OR",
                ),
                name="watch_quiet_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="watch", constraint=models.CheckConstraint(condition=models.Q(("priority__range", (1, 3))), name="watch_priority")
        ),
        migrations.AddField(
            model_name="media",
            name="capture",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddField(
            model_name="media",
            name="masked",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddField(
            model_name="media",
            name="thumbnail",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddField(
            model_name="media",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="patrol.postversion"),
        ),
        migrations.AddField(
            model_name="pairingcode",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="pairing_codes", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="profile",
            name="capture",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refusal__isnull", False), ("refused_at__isnull", False)),
                    models.Q(("refusal__isnull", True), ("refused_at__isnull", True)),
                    _connector="OR",
                ),
                name="credential_refusal_pair",
            ),
        ),
        migrations.AddIndex(model_name="intake", index=models.Index(fields=["person", "-at"], name="intake_by_person")),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["capture", "upload", "import"])), name="intake_kind"),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "done", "failed"])), name="intake_state"),
        ),
        migrations.AddIndex(
            model_name="job", index=models.Index(condition=models.Q(("state", "waiting")), fields=["kind", "due_at"], name="job_due")
        ),
        migrations.AddConstraint(model_name="job", constraint=models.UniqueConstraint(fields=("kind", "key"), name="job_once")),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "done", "given_up"])), name="job_state"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_token__isnull", False), ("lease_until__isnull", False)),
                    models.Q(("lease_token__isnull", True), ("lease_until__isnull", True)),
                    _connector="OR",
                ),
                name="job_lease_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "waiting")),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="job_end_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="keywordpack",
            constraint=models.CheckConstraint(
                condition=models.Q(("about__in", ["destinations", "positions", "lures", "other"])), name="pack_about"
            ),
        ),
        migrations.AddIndex(
            model_name="media", index=models.Index(condition=models.Q(("state", "waiting")), fields=["version"], name="media_waiting")
        ),
        migrations.AddConstraint(model_name="media", constraint=models.UniqueConstraint(fields=("version", "position"), name="media_once")),
        migrations.AddConstraint(
            model_name="media",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "kept", "refused", "missing", "left"])), name="media_state"
            ),
        ),
        migrations.AddIndex(model_name="profile", index=models.Index(fields=["platform", "account", "-seen_at"], name="profile_newest")),
        migrations.RunPython(name_the_kind, migrations.RunPython.noop),
        migrations.RunPython(erase_too, migrations.RunPython.noop),
    ]
