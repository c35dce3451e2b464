from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0023_comments_under_their_posts")]

    operations = [migrations.AlterField("postversion", "number", models.IntegerField())]
