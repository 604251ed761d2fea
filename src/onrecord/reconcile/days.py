"""What stretch of days a TIMEX3 value stands for; see `onrecord.reconcile.days`."""

from onrecord.reconcile.days import DatePrecision, Stretch, stretch

__all__ = ["DatePrecision", "Stretch", "stretch"]
