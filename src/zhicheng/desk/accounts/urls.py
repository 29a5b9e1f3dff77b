"""Addresses of accounts."""

from django.urls import path

from zhicheng.desk.accounts import keys, views

app_name = "accounts"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("open/", views.open_new, name="open"),
    path("suggest/<str:kind>/", views.suggest, name="suggest"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/link/", views.new_link, name="link"),
    path("<int:pk>/keys/", keys.issue, name="key"),
    path("<int:pk>/keys/<int:key>/revoke/", keys.revoke, name="revoke"),
    path("<int:pk>/webhooks/<int:subscription>/", keys.deliveries, name="deliveries"),
]
