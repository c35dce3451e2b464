"""A role of its own for whoever watches over personal data: it reads logs and registers."""

from django.db import migrations, models

ROLES = ["officer", "analyst", "supervisor", "registrar", "administrator", "data_protection_officer"]


def one_of_roles(name):
    return models.CheckConstraint(condition=models.Q(("role__in", ROLES)), name=name)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0089_contacts_put_in_once")]

    operations = [
        migrations.RemoveConstraint("person", "person_role"),
        migrations.RemoveConstraint("appointment", "appointment_role"),
        migrations.AlterField("person", "role", models.CharField(max_length=30, verbose_name="role")),
        migrations.AlterField("appointment", "role", models.CharField(max_length=30)),
        migrations.AddConstraint("person", one_of_roles("person_role")),
        migrations.AddConstraint("appointment", one_of_roles("appointment_role")),
    ]
