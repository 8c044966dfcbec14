"""The guide's addresses: each section goes by its slug; one without a view of its own is text."""

from django.urls import path

from . import views

app_name = "guide"
urlpatterns = [
    path("", views.index, name="index"),
    path("profile/", views.profile, name="profile"),
    path("objectives/", views.objectives, name="objectives"),
    path("big-idea/", views.section, {"slug": "big-idea"}, name="big-idea"),
    path("concept-box/", views.concept_box, name="concept-box"),
    path("compare/", views.compare, name="compare"),
    path("outline/", views.outline, name="outline"),
    path("examples/", views.examples, name="examples"),
    path("worked-example/", views.worked_example, name="worked-example"),
    path("checkpoints/", views.checkpoints, name="checkpoints"),
    path("muddy-points/", views.muddy_points, name="muddy-points"),
    path("diagrams/", views.diagrams, name="diagrams"),
    path("hosting/", views.hosting, name="hosting"),
    path("glossary/", views.glossary, name="glossary"),
    path("exam/", views.exam, name="exam"),
    path("prices/", views.prices, name="prices"),
    path("capabilities/", views.capabilities, name="capabilities"),
    path("claims/", views.claims, name="claims"),
    path("sources/", views.sources, name="sources"),
    path("<slug:slug>/", views.section, name="section"),
]
