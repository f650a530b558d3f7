"""How far a case is to get, where chance does not decide."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """`fate`: forget, acknowledge, propose, dismiss, settle or refer; empty leaves it to chance.

    `tasks`: for each task of a referral the state in which it stays; a task that is not named is left to chance.
    """

    fate: str = ""
    tasks: tuple[str, ...] = ()

    def task(self, number: int) -> str:
        return self.tasks[number] if number < len(self.tasks) else ""


BY_CHANCE = Script()
