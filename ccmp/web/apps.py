from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ccmp.web"
    label = "web"

    def ready(self) -> None:
        """Pages send jobs through the broker that the settings name: the Celery app must be there before the first."""
        import ccmp.celery  # noqa: F401 – it reads the settings, which are complete only now
