"""Addresses of documents on the desk."""

from django.urls import path

from zhicheng.ground.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("<int:document_id>/", views.document, name="document"),
    path("<int:document_id>/paper.pdf", views.pdf, name="pdf"),
    path("<int:document_id>/paper.docx", views.docx, name="docx"),
    path("<int:document_id>/correct/", views.correct_document, name="correct"),
    path("<int:document_id>/revoke/", views.revoke_document, name="revoke"),
]
