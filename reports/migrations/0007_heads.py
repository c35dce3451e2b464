"""The logo and the positions on the paper of an office's summaries; editions keep those they were frozen with."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.reports_sheethead
    FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.reports_sheethead
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_newest_edition_signed"), ("patrol", "0076_second_signatory")]

    operations = [
        migrations.CreateModel(
            name="SheetHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(blank=True, max_length=80)),
                ("second", models.CharField(blank=True, max_length=80)),
                ("logo", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office")),
            ],
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="weeklysummary",
            name="head",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.sheethead"),
        ),
        migrations.AddField(
            model_name="signature", name="title", field=models.CharField(blank=True, db_default="", default="", max_length=80)
        ),
    ]
