"""What somebody asked about their own data, and by when it is answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0094_reading_log")]

    operations = [
        migrations.CreateModel(
            name="SubjectRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("question", models.CharField(max_length=20)),
                ("about", models.CharField(max_length=20)),
                ("about_digest", models.CharField(max_length=64)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField()),
                ("how", models.CharField(max_length=20)),
                ("identity", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField()),
                ("entered_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_how", models.CharField(blank=True, max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "request of a subject",
                "verbose_name_plural": "requests of subjects",
                "indexes": [
                    models.Index(fields=["-asked_at", "-id"], name="subject_newest"),
                    models.Index(condition=models.Q(("answered_at", None)), fields=["due_at"], name="subject_due"),
                    models.Index(fields=["about_digest"], name="subject_by_digest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("question__in", ["access", "correction", "erasure", "restriction", "automated", "other"])),
                        name="subject_question",
                    ),
                    models.CheckConstraint(condition=models.Q(("about__in", ["number", "account", "name"])), name="subject_about"),
                    models.CheckConstraint(condition=models.Q(("how__in", ["letter", "mail", "in_person"])), name="subject_how"),
                    models.CheckConstraint(
                        condition=models.Q(("identity__in", ["not_yet", "id_card", "called_back", "wrote_from", "power"])),
                        name="subject_identity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "answered", "partly", "refused", "withdrawn"])), name="subject_outcome"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_how__in", ["", "letter", "mail", "in_person"])), name="subject_answered_how"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="subject_answered_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_how", ""), ("outcome", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="subject_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("identity", "not_yet"), ("outcome__in", ["answered", "partly"]), _negated=True),
                        name="subject_identity_checked",
                    ),
                ],
            },
        )
    ]
