"""No row of the log stands before the first: the chain begins there, and nothing checks what lies before it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0123_custody_of_evidence")]

    operations = [
        migrations.AddConstraint(
            model_name="auditentry", constraint=models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="audit_from_the_first")
        )
    ]
