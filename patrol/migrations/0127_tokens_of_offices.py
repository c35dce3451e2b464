"""Tokens of offices: another system asks with one as browsers send with theirs. Rows from before are browsers."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

SCOPES = ["check", "flags", "cases", "figures", "changes", "report", "capture"]


class Migration(migrations.Migration):
    dependencies = [("patrol", "0126_packages_of_cases")]

    operations = [
        migrations.AddField("device", "ends_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "device",
            "office",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="patrol.office", verbose_name="office"
            ),
        ),
        migrations.AddField(
            "device", "scopes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)
        ),
        migrations.AddConstraint(
            "device",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends_at__isnull", False), ("office__isnull", False)),
                    models.Q(("ends_at__isnull", True), ("office__isnull", True)),
                    _connector="OR",
                ),
                name="device_token_pair",
            ),
        ),
        migrations.AddConstraint(
            "device",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("office", None), ("scopes", [])),
                    models.Q(("office__isnull", False), ("scopes__contained_by", SCOPES), ("scopes__len__gt", 0)),
                    _connector="OR",
                ),
                name="device_token_scopes",
            ),
        ),
    ]
