"""The one view of the floor."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from .models import Question, Response


@login_required
@require_http_methods(["GET", "POST"])
def answer(request, pk):
    """Keep what was picked and show whether it was right."""
    picked, is_right = None, False
    with transaction.atomic():
        question = get_object_or_404(Question, pk=pk)
        if request.method == "POST":
            picked = int(request.POST["option"])
            is_right = picked == question.right
            Response.objects.create(
                user=request.user, question=question, picked=picked, is_right=is_right
            )
    shown = {"question": question, "picked": picked, "is_right": is_right, "options": range(1, 5)}
    return render(request, "answer.html", shown)


urlpatterns = [path("<int:pk>/", answer, name="answer")]
