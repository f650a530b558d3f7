from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ccmp.demo"
    label = "demo"
