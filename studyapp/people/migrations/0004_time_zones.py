from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_resume_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="time_zone",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
