from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "ccmp.reports"
    label = "reports"
