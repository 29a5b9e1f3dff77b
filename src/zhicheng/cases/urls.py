"""Addresses of cases on the desk."""

from django.urls import path

from zhicheng.cases import assigning, category_views, figure_views, views
from zhicheng.cases.archiving import views as archiving
from zhicheng.cases.erasure import views as erasing
from zhicheng.cases.hotspots import alert_views
from zhicheng.cases.hotspots.views import hot_spots
from zhicheng.cases.importing.importer import KEY as HISTORICAL
from zhicheng.cases.replies import views as replying
from zhicheng.cases.suggesting import views as confirming
from zhicheng.cases.work_orders import views as orders
from zhicheng.cases.work_orders.importer import KEY as WORK_ORDERS
from zhicheng.ground.importing.api import import_pages

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("historical/", views.recorded, name="recorded"),
    path("historical/categories/", confirming.confirm, name="confirm"),
    path("frequent/", figure_views.frequent, name="frequent"),
    path("by-place/", figure_views.by_place, name="by_place"),
    path("by-place/map.json", figure_views.map_data, name="map_data"),
    path("hot-spots/", hot_spots, name="hot_spots"),
    path("hot-spots/alerts/", alert_views.alerts, name="alerts"),
    path("hot-spots/alerts/<int:alert_id>/", alert_views.alert, name="alert"),
    path("ready/", archiving.ready, name="ready"),
    path("ready/file/", archiving.file_chosen, name="file_away"),
    path("replies/", replying.templates, name="replies"),
    path("replies/new/", replying.template_new, name="reply_new"),
    path("replies/<int:template_id>/", replying.template, name="reply"),
    *import_pages(HISTORICAL, "import/", "import"),
    path("work-orders/", orders.orders, name="orders"),
    *import_pages(WORK_ORDERS, "work-orders/import/", "orders_import"),
    path("work-orders/answers/", orders.answers, name="answers"),
    path("work-orders/answers/<int:sheet_id>/", orders.sheet, name="answers_sheet"),
    path("work-orders/answers/<int:sheet_id>/answers.<str:ending>", orders.sheet_file, name="answers_file"),
    path("id/<int:case_id>/", views.by_id, name="by_id"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/category/", category_views.categorise, name="categorise"),
    path("<str:number>/assignee/", assigning.assign_case, name="assign"),
    path("<str:number>/reporter/", views.reveal_reporter, name="reveal"),
    path("<str:number>/personal/", erasing.erase, name="erase"),
    path("<str:number>/invite/", views.invite_company, name="invite"),
    path("<str:number>/registration/<int:proceeding>/", views.registration, name="registration"),
    path("<str:number>/files/<int:attachment>/", views.file, {"small": False}, name="file"),
    path("<str:number>/files/<int:attachment>/small/", views.file, {"small": True}),
]
