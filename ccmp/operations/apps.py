from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "ccmp.operations"
    label = "operations"
