from django.conf import settings
from django.db import models


class Question(models.Model):
    stem = models.TextField()
    right = models.PositiveSmallIntegerField()
    feedback = models.TextField()

    def __str__(self):
        return self.stem


class Response(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    question = models.ForeignKey(Question, on_delete=models.CASCADE)
    picked = models.PositiveSmallIntegerField()
    is_right = models.BooleanField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.user} {self.question}"
