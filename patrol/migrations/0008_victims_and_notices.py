import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0007_what_pictures_say")]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("at", models.DateTimeField(verbose_name="at")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read")),
            ],
            options={"verbose_name": "notice", "verbose_name_plural": "notices", "ordering": ["-id"]},
        ),
        migrations.CreateModel(
            name="Protection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="marked")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("handed_to", models.CharField(blank=True, max_length=200, verbose_name="handed to")),
                ("handed_at", models.DateTimeField(null=True, verbose_name="handed over")),
            ],
            options={"verbose_name": "protection", "verbose_name_plural": "protections"},
        ),
        migrations.RemoveConstraint(model_name="decision", name="decision_outcome"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["confirmed", "dismissed", "needs_information", "victim", "reversed"])),
                name="decision_outcome",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="notice",
            name="case",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.case"),
        ),
        migrations.AddField(
            model_name="notice",
            name="flag",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.flag"),
        ),
        migrations.AddField(
            model_name="notice",
            name="office",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="patrol.office"),
        ),
        migrations.AddField(
            model_name="notice",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="read_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="protection",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="protection",
            name="flag",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="protection", to="patrol.flag"),
        ),
        migrations.AddField(
            model_name="protection",
            name="handed_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="protection",
            name="office",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at", None)), fields=["person", "-at"], name="notice_of_person"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at", None)), fields=["office", "-at"], name="notice_of_office"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", False), ("office__isnull", False), _connector="XOR"), name="notice_for_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                    models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                    _connector="OR",
                ),
                name="notice_read_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handed_at__isnull", False), ("handed_by__isnull", False)),
                    models.Q(("handed_at__isnull", True), ("handed_by__isnull", True)),
                    _connector="OR",
                ),
                name="protection_handed_pair",
            ),
        ),
    ]
