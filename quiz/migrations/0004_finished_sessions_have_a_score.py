from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("quiz", "0003_scores_of_finished_sessions")]

    operations = [
        migrations.AddConstraint(
            model_name='practicesession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('points', None), ('points_of', None), ('scored', None)), models.Q(('finished_at__isnull', False), ('points__gte', 0), ('points_of__gte', 1), ('scored__gte', 0)), _connector='OR'), name='session_finished_has_score'),
        ),
        migrations.AddConstraint(
            model_name='practicesession',
            constraint=models.CheckConstraint(condition=models.Q(('deadline', None), ('finished_at', None), ('finished_at__lte', models.F('deadline')), _connector='OR'), name='session_finished_by_deadline'),
        ),
    ]
