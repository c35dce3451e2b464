import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from patrol.migrations import _guards

PROTECT = django.db.models.deletion.PROTECT


def forget_too(apps, schema_editor):
    schema_editor.execute(_guards.erasure_of_words_sql(), params=None)


def person(**given):
    return models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **given)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0011_comments_and_profiles")]

    operations = [
        migrations.CreateModel(
            name="Trusted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_as", models.CharField(max_length=20, verbose_name="known as")),
                ("reason", models.TextField(verbose_name="reason")),
                ("expires_on", models.DateField(verbose_name="until")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                ("ended_why", models.TextField(blank=True)),
                ("approved_by", person(null=True)),
                ("ended_by", person(null=True)),
                ("indicator", models.ForeignKey(on_delete=PROTECT, related_name="trusts", to="patrol.indicator")),
                ("proposed_by", person()),
            ],
            options={
                "verbose_name": "trusted contact",
                "verbose_name_plural": "trusted contacts",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(known_as__in=["agency", "hotline", "media", "office"]), name="trusted_as"),
                    models.CheckConstraint(
                        condition=models.Q(approved_by__isnull=False, approved_at__isnull=False)
                        | models.Q(approved_by__isnull=True, approved_at__isnull=True),
                        name="trusted_approved_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(ended_by__isnull=False, ended_at__isnull=False)
                        | models.Q(ended_by__isnull=True, ended_at__isnull=True),
                        name="trusted_ended_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="trusted_by_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("indicator",), name="trusted_once_at_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostWords",
            fields=[
                (
                    "post",
                    models.OneToOneField(on_delete=PROTECT, primary_key=True, related_name="words", serialize=False, to="patrol.post"),
                ),
                ("version", models.ForeignKey(on_delete=PROTECT, related_name="+", to="patrol.postversion")),
                ("reading_id", models.BigIntegerField()),
                ("words", models.TextField()),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["words"], name="post_words_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["countries"], name="post_words_countries"),
                ]
            },
        ),
        migrations.CreateModel(
            name="WordsMark",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("reading_id", models.BigIntegerField(default=0)),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="words_mark_is_one")]},
        ),
        migrations.AddIndex(model_name="sighting", index=models.Index(fields=["indicator", "-post"], name="sighting_newest_post")),
        migrations.RemoveConstraint(model_name="intake", name="intake_kind"),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(condition=models.Q(kind__in=["capture", "upload", "import", "noted"]), name="intake_kind"),
        ),
        migrations.RunPython(forget_too, migrations.RunPython.noop),
    ]
