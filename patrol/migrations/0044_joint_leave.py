"""Days of joint leave, kept by the directorate; which there are is loaded by `setup`."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0043_law")]

    operations = [
        migrations.CreateModel(
            name="JointLeave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("decree", models.CharField(max_length=200, verbose_name="decree")),
                ("off", models.BooleanField(default=True, verbose_name="day off")),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "joint leave",
                "verbose_name_plural": "joint leave",
                "ordering": ["day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("changed_at__isnull", False), ("changed_by__isnull", False)),
                            models.Q(("changed_at__isnull", True), ("changed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="joint_leave_changed_pair",
                    )
                ],
            },
        )
    ]
