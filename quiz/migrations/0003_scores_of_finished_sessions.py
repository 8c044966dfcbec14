"""Writes the score of every session that was finished before scores were kept."""

from fractions import Fraction

from django.db import migrations


def write_scores(apps, schema_editor):
    sessions = apps.get_model("quiz", "PracticeSession")
    positions = apps.get_model("quiz", "Position")
    for session in sessions.objects.exclude(finished_at=None):
        scored = positions.objects.filter(session=session, is_scored=True)
        graded = scored.exclude(points_of=None).values_list("points", "points_of")
        total = sum((Fraction(*each) for each in graded), Fraction(0))
        session.points, session.points_of = total.as_integer_ratio()
        session.scored = scored.count()
        session.save(update_fields=["points", "points_of", "scored"])
        positions.objects.filter(session=session).update(is_closed=True)


class Migration(migrations.Migration):

    dependencies = [("quiz", "0002_exam_mode_and_autosave")]

    operations = [migrations.RunPython(write_scores, migrations.RunPython.noop)]
