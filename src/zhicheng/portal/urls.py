"""Addresses of the public's front door."""

from django.urls import path

from zhicheng.portal import answering, complaining, public, redrawing, stopping, suggesting, tracking, verifying

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("healthz", public.health, name="health"),
    path("places/children/", public.area_children, name="area_children"),
    path("track/", tracking.find, name="track"),
    path("track/<str:number>/", tracking.case, name="case"),
    path("track/<str:number>/files/<int:attachment>/", tracking.file, {"small": False}, name="file"),
    path("track/<str:number>/files/<int:attachment>/small/", tracking.file, {"small": True}),
    path("track/<str:number>/papers/<int:document_id>/", tracking.paper, name="paper"),
    path("answer/<str:secret>/", answering.case, name="answer"),
    path("answer/<str:secret>/files/<int:attachment>/", answering.file, {"small": False}),
    path("answer/<str:secret>/files/<int:attachment>/small/", answering.file, {"small": True}),
    path("answer/<str:secret>/papers/<int:document_id>/", answering.paper),
    path("stop/<str:code>/", stopping.stop, name="stop"),
    path("verify/", verifying.find, name="verify_find"),
    path("verify/<str:code>/", verifying.document, name="verify"),
    path("draws/verify/", redrawing.redraw, name="redraw"),
    path("<slug:city>/", public.city_home, name="city"),
    path("<slug:city>/complain/", complaining.complain, name="complain"),
    path("<slug:city>/complain/<slug:about>/", complaining.complain, name="complain_about"),
    path("<slug:city>/categories/", suggesting.suggest, name="suggest_categories"),
    path("<slug:city>/categories/<slug:about>/", suggesting.suggest, name="suggest_categories_about"),
    path("<slug:city>/sites/", complaining.suggest_sites, name="suggest_sites"),
]
