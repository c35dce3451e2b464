from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0032_sides_of_a_case")]

    operations = [
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(condition=models.Q(("lease_person__isnull", False)), fields=["lease_person"], name="flag_lease"),
        )
    ]
