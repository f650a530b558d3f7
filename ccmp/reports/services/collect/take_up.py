from ccmp.reports.rules.figures import TakeUpOfBenefit
from ccmp.reports.services.collect.scope import Counted, Scope
from children.services.take_up_month import counted_months


def take_up_of(scope: Scope) -> Counted:
    """Who may claim which benefit on the month's last day, and who receives it; confidential ones are in no count.

    A village where nothing of benefits had been noted by the cut-off has no figure, which is another thing than zero.
    """
    counted = counted_months(scope.codes, scope.month, known_before=scope.cut_off)
    return {
        code: {
            "is_take_up_counted": bool(counts),
            "take_up": tuple(TakeUpOfBenefit(benefit, *counts[benefit]) for benefit in sorted(counts)),
        }
        for code, counts in counted.items()
    }
