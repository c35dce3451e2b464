import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from patrol.migrations import _guards


def guard(apps, schema_editor):
    for sql in (
        _guards.append_only_sql("patrol_campaignevent"),
        _guards.moves_sql(
            "patrol_campaign",
            ("confirmed", "dissolved"),
            ("dissolved", "confirmed"),
            ("dissolved", "proposed"),
            ("proposed", "confirmed"),
            ("proposed", "dissolved"),
        ),
        _guards.moves_sql("patrol_tie", ("confirmed", "cut"), ("proposed", "confirmed"), ("proposed", "cut")),
        _guards.erasure_of_links_sql(),
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0014_care_for_staff")]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("state", models.CharField(default="proposed", max_length=20, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField(verbose_name="proposed")),
                ("grown_at", models.DateTimeField(verbose_name="last post")),
                ("posts_count", models.PositiveIntegerField(default=0, verbose_name="posts")),
                (
                    "merged_into",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="patrol.campaign"),
                ),
            ],
            options={"verbose_name": "campaign", "verbose_name_plural": "campaigns"},
        ),
        migrations.CreateModel(
            name="CampaignEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                ("told", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="patrol.campaign")),
            ],
            options={"verbose_name": "campaign event", "verbose_name_plural": "campaign events", "ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="LinkedPost",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="linked",
                        serialize=False,
                        to="patrol.post",
                    ),
                ),
                ("joined_at", models.DateTimeField(null=True)),
                ("follows", models.BooleanField()),
                ("offered", models.JSONField(default=dict)),
                ("text_bands", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list)),
                ("linked_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="members", to="patrol.campaign"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=32)),
                ("void", models.BooleanField(default=False)),
                (
                    "indicator",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.indicator"),
                ),
                (
                    "post",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="patrol.post"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(blank=True, max_length=32)),
                ("likeness", models.FloatField(null=True)),
                ("weight", models.FloatField()),
                ("state", models.CharField(default="proposed", max_length=20)),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("earlier", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tied_by", to="patrol.post")),
                (
                    "indicator",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.indicator"),
                ),
                (
                    "later",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="patrol.post"),
                ),
            ],
            options={"verbose_name": "tie", "verbose_name_plural": "ties"},
        ),
        migrations.AddIndex(model_name="campaign", index=models.Index(fields=["-grown_at", "-id"], name="campaign_newest")),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "confirmed", "dissolved"])), name="campaign_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), ("state", "dissolved"), _connector="OR"), name="campaign_merged_is_dissolved"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "proposed",
                            "confirmed",
                            "named",
                            "tie_confirmed",
                            "tie_cut",
                            "split",
                            "merged",
                            "unmerged",
                            "dissolved",
                            "decided",
                            "decision_reversed",
                        ],
                    )
                ),
                name="campaign_event_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="linkedpost", index=models.Index(condition=models.Q(("linked_at", None)), fields=["post"], name="linked_post_due")
        ),
        migrations.AddIndex(
            model_name="linkedpost",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["text_bands"], name="linked_post_bands"),
        ),
        migrations.AddConstraint(
            model_name="linkedpost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("campaign__isnull", False), ("joined_at__isnull", False)),
                    models.Q(("campaign__isnull", True), ("joined_at__isnull", True)),
                    _connector="OR",
                ),
                name="linked_post_joined_pair",
            ),
        ),
        migrations.AddIndex(
            model_name="postmark", index=models.Index(condition=models.Q(("void", False)), fields=["key", "-post"], name="post_mark_key")
        ),
        migrations.AddConstraint(
            model_name="postmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["bank_account", "phone", "account", "link", "picture", "text", "author", "handle", "agency"])
                ),
                name="post_mark_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="postmark", constraint=models.UniqueConstraint(fields=("post", "key", "kind"), name="post_mark_once")
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["bank_account", "phone", "account", "link", "picture", "text", "author", "handle"])),
                name="tie_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["proposed", "confirmed", "cut"])), name="tie_state"),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", False), ("decided_at__isnull", False)),
                    models.Q(("by__isnull", True), ("decided_at__isnull", True)),
                    _connector="OR",
                ),
                name="tie_decided_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.CheckConstraint(condition=models.Q(("later", models.F("earlier")), _negated=True), name="tie_two_posts"),
        ),
        migrations.AddConstraint(
            model_name="tie", constraint=models.UniqueConstraint(fields=("later", "earlier", "kind", "key"), name="tie_once")
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
