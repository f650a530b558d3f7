"""Counting villages' months: one set-based pass, a bounded number of queries however many the villages.

Only what had been recorded before the cut-off counts, so that the same cut-off gives the same figures on any later day.
"""

from ccmp.reports.services.collect.months import collect_village_months

__all__ = ["collect_village_months"]
