"""What the directorate lets public pages tell: one row for each change, the newest holds, none is changed or removed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON patrol_publicdeskchange FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_publicdeskchange FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0083_counting_what_is_late")]

    operations = [
        migrations.CreateModel(
            name="PublicDeskChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tells_reviewed", models.BooleanField()),
                ("at", models.DateTimeField(verbose_name="changed")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"verbose_name": "change of the public desk", "verbose_name_plural": "changes of the public desk", "ordering": ["-id"]},
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
