from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ccmp.audit"
    label = "audit"
