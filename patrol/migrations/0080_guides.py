"""Guides for the public, in editions that are only added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_guideedition FOR EACH ROW
    EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_guideedition FOR EACH STATEMENT
    EXECUTE FUNCTION public.patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0079_readings_by_time")]

    operations = [
        migrations.CreateModel(
            name="Guide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ("section", models.CharField(max_length=20, verbose_name="section")),
                ("place", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "verbose_name": "guide",
                "verbose_name_plural": "guides",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("section__in", ["recognise", "happened", "leaving"])), name="guide_section")
                ],
            },
        ),
        migrations.CreateModel(
            name="GuideEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title_id", models.CharField(max_length=100)),
                ("title_en", models.CharField(max_length=100)),
                ("under_id", models.CharField(max_length=100)),
                ("under_en", models.CharField(max_length=100)),
                ("gist_id", models.CharField(max_length=300)),
                ("gist_en", models.CharField(max_length=300)),
                ("body_id", models.TextField()),
                ("body_en", models.TextField()),
                ("checked_on", models.DateField(verbose_name="checked")),
                ("sources", models.TextField()),
                ("withdrawn", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("guide", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="patrol.guide")),
            ],
            options={
                "verbose_name": "edition of a guide",
                "verbose_name_plural": "editions of guides",
                "indexes": [models.Index(fields=["guide", "-id"], name="guide_edition_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title_id", ""), _negated=True),
                            models.Q(("title_en", ""), _negated=True),
                            models.Q(("under_id", ""), _negated=True),
                            models.Q(("under_en", ""), _negated=True),
                            models.Q(("gist_id", ""), _negated=True),
                            models.Q(("gist_en", ""), _negated=True),
                            models.Q(("body_id", ""), _negated=True),
                            models.Q(("body_en", ""), _negated=True),
                            models.Q(("sources", ""), _negated=True),
                        ),
                        name="guide_edition_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn", True), models.Q(("reason", ""), _negated=True)),
                            models.Q(("reason", ""), ("withdrawn", False)),
                            _connector="OR",
                        ),
                        name="guide_edition_withdrawn",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
