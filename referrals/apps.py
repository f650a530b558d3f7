from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        import referrals.counts  # noqa: F401 – the rail asks for its numbers; models are ready only now
