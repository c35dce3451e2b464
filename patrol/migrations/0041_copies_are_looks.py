"""Kept copies that were opened are looks at contacts: the index by which a person's day is counted holds them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0040_joined_twice")]

    operations = [
        migrations.RemoveIndex(model_name="auditentry", name="audit_looks"),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                fields=["actor_id", "at"],
                condition=models.Q(
                    verb__in=["contact.shown", "indicator.shown", "protection.contacts_shown", "capture.viewed", "capture.downloaded"]
                ),
                name="audit_looks",
            ),
        ),
    ]
