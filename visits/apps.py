from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        import visits.counts  # noqa: F401 – the rail asks for its numbers; models are ready only now
