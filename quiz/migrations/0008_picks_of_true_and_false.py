"""Writes what was picked at questions of true or false before that was counted."""

from django.db import migrations


def write_picks(apps, schema_editor):
    positions = apps.get_model("quiz", "Position").objects
    finished = positions.filter(version__kind="true-false").exclude(session__finished_at=None)
    answered = finished.exclude(response=None).values_list("pk", "response")
    pick = apps.get_model("quiz", "Pick")
    pick.objects.bulk_create(
        (pick(position_id=pk, option_id=response) for pk, response in answered), batch_size=1000
    )


class Migration(migrations.Migration):

    dependencies = [("quiz", "0007_texts_set_aside")]

    operations = [migrations.RunPython(write_picks, migrations.RunPython.noop)]
