"""Notices out of the house: what people want to be told, what was found for them, bots of offices and chats with them.

What is there already when this is migrated is told to nobody.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REACHED = """
INSERT INTO public.patrol_reached (name, row)
SELECT 'told flags', COALESCE(max(id), 0) FROM public.patrol_flagevent
UNION ALL SELECT 'told notices', COALESCE(max(id), 0) FROM public.patrol_notice
ON CONFLICT DO NOTHING;
"""
WAYS = ["mail", "telegram"]


def reference(to, related_name="+", kind=models.ForeignKey, **given):
    return kind(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to, **given)


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def together(one, other):
    every, none = ({f"{field}__isnull": null for field in (one, other)} for null in (False, True))
    return models.Q(models.Q(**every), models.Q(**none), _connector="OR")


class Migration(migrations.Migration):
    dependencies = [("patrol", "0077_daily_tallies")]

    operations = [
        migrations.AddField("dispatch", "way", models.CharField(default="mail", max_length=10)),
        migrations.AddConstraint("dispatch", models.CheckConstraint(condition=models.Q(("way__in", WAYS)), name="dispatch_way")),
        migrations.CreateModel(
            name="Bot",
            fields=[
                key(),
                ("sealed", models.TextField(blank=True)),
                ("mark", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("set_at", models.DateTimeField()),
                ("refused_at", models.DateTimeField(null=True)),
                ("read_up_to", models.BigIntegerField(default=0)),
                ("office", reference("patrol.office", "bot", models.OneToOneField)),
                ("set_by", reference(settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "bot",
                "verbose_name_plural": "bots",
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("mark", ""), _negated=True), fields=("mark",), name="bot_of_one_office")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                key(),
                ("code_sha256", models.CharField(max_length=64)),
                ("expires_at", models.DateTimeField()),
                ("chat", models.BigIntegerField(null=True)),
                ("paired_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=20)),
                ("bot", reference("patrol.bot", "pairings")),
                ("person", reference(settings.AUTH_USER_MODEL, "pairings")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_at", None)), fields=("person",), name="pairing_one_open"),
                    models.CheckConstraint(condition=together("chat", "paired_at"), name="pairing_paired_pair"),
                ],
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None), ("paired_at", None)), fields=["expires_at"], name="pairing_waits")
                ],
            },
        ),
        migrations.CreateModel(
            name="TellingChoice",
            fields=[
                key(),
                ("chosen", models.JSONField(default=dict)),
                ("hour", models.PositiveSmallIntegerField(default=7)),
                ("quiet_from", models.PositiveSmallIntegerField(null=True)),
                ("quiet_to", models.PositiveSmallIntegerField(null=True)),
                ("office", reference("patrol.office", "telling", models.OneToOneField, null=True)),
                ("person", reference(settings.AUTH_USER_MODEL, "telling", models.OneToOneField, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", False), ("office__isnull", False), _connector="XOR"),
                        name="telling_choice_of_one",
                    ),
                    models.CheckConstraint(condition=together("quiet_from", "quiet_to"), name="telling_choice_quiet_pair"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                key(),
                ("way", models.CharField(max_length=10)),
                ("kind", models.CharField(max_length=20)),
                ("what", models.CharField(max_length=20)),
                ("ref", models.BigIntegerField()),
                ("mark", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                ("dispatch", reference("patrol.dispatch", "told", null=True)),
                ("person", reference(settings.AUTH_USER_MODEL, db_index=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "way", "what", "ref", "mark"), name="told_once"),
                    models.CheckConstraint(condition=models.Q(("way__in", WAYS)), name="told_way"),
                ],
                "indexes": [models.Index(condition=models.Q(("dispatch", None)), fields=["person", "way"], name="told_waits")],
            },
        ),
        migrations.RunSQL(REACHED, migrations.RunSQL.noop),
    ]
