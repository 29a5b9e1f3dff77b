"""Addresses of the desk."""

from django.urls import path

from zhicheng.desk import views
from zhicheng.desk.batch import views as batch
from zhicheng.desk.records import answering, correcting, entering
from zhicheng.desk.records import views as records
from zhicheng.desk.records.importer import KEY as RECORDS
from zhicheng.ground.importing.api import import_pages

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("batch/", batch.batch, name="batch"),
    path("search/", views.search, name="search"),
    path("notices/", views.notices, name="notices"),
    path("sites/", records.sites, name="sites"),
    path("sites/new/", entering.site_new, name="site_new"),
    path("sites/<int:site_id>/", records.site, name="site"),
    path("sites/<int:site_id>/revise/", correcting.site_revise, name="site_revise"),
    path("sites/<int:site_id>/answers/", answering.answer_for_site, name="answer_for_site"),
    path("organizations/", records.organizations, name="organizations"),
    path("organizations/new/", entering.organization_new, name="organization_new"),
    path("organizations/<int:organization_id>/", records.organization, name="organization"),
    path(
        "organizations/<int:organization_id>/revise/", correcting.organization_revise, name="organization_revise"
    ),
    path("products/", records.products, name="products"),
    path("products/new/", entering.product_new, name="product_new"),
    path("products/<int:product_id>/", records.product, name="product"),
    path("products/<int:product_id>/revise/", correcting.product_revise, name="product_revise"),
    path("products/<int:product_id>/answers/", answering.answer_for_product, name="answer_for_product"),
    path("responsibilities/<int:responsibility_id>/end/", answering.end_answering, name="end_answering"),
    *import_pages(RECORDS, "records/import/", "records_import"),
    path("records/suggest/<str:kind>/", entering.suggest, name="suggest"),
]
