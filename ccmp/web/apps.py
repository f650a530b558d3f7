from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ccmp.web"
    label = "web"
