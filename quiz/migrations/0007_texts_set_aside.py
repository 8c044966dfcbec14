from django.db import migrations, models


def as_lists(apps, schema_editor):
    drafts = apps.get_model("quiz", "QuestionDraft")
    for draft in drafts.objects.all():
        draft.set_aside = [draft.set_aside] if draft.set_aside else []
        draft.save(update_fields=["set_aside"])


class Migration(migrations.Migration):
    dependencies = [
        ("quiz", "0006_drafts_of_questions"),
    ]

    operations = [
        migrations.RunPython(as_lists, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="questiondraft",
            name="set_aside",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
