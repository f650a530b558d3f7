from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "ccmp.api"
    label = "api"
