"""Comments are found under their post; what an account's profile says has a role of its own among sightings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0010_desks")]

    operations = [
        migrations.RemoveConstraint(model_name="sighting", name="sighting_role"),
        migrations.AddConstraint(
            model_name="sighting",
            constraint=models.CheckConstraint(
                condition=models.Q(role__in=["author", "contact", "mentioned", "agency", "profile"]), name="sighting_role"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["platform", "thread", "-posted_at"], condition=~models.Q(thread=""), name="post_by_thread"),
        ),
    ]
