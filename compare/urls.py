"""The addresses of the pages that compare."""

from django.urls import path

from compare import views

urlpatterns = [
    path("", views.home, name="home"),
    path("matrix/", views.matrix, name="matrix"),
    path("matrix.csv", views.matrix_csv, name="matrix-csv"),
    path("accuracy/", views.accuracy_page, name="accuracy"),
    path("questions/", views.questions, name="questions"),
    path("recommendations/", views.recommendations, name="recommendations"),
    path("documents/", views.documents, name="documents"),
    path("documents/<slug:slug>/", views.document, name="document"),
]
