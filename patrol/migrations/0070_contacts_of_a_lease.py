"""A lease shows its holder the contacts of the post, once logged; a person may choose to be shown them only when they ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0069_register_by_hand")]
    operations = [
        migrations.AddField(model_name="flag", name="lease_shows", field=models.BooleanField(db_default=False, default=False)),
        migrations.AddField(model_name="owncare", name="contacts_asked", field=models.BooleanField(db_default=False, default=False)),
    ]
