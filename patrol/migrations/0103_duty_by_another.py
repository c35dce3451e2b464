"""Nobody gives themselves a further duty: an administrator would read what their role is kept from, and nobody would know."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0102_keeping_and_forgetting")]

    operations = [
        migrations.AddConstraint(
            "duty", models.CheckConstraint(condition=models.Q(("made_by", models.F("person")), _negated=True), name="duty_by_another")
        )
    ]
