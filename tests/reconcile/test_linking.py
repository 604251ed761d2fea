"""Traces with a key in common meet once, whatever their order, and no report is linked with itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reconcile.linking import Trace, pairs

TRACES = st.lists(
    st.builds(
        Trace[int],
        report=st.sampled_from("abcd"),
        entry=st.sampled_from(["", "s1", "s2"]),
        keys=st.lists(st.sampled_from("klmn"), max_size=3).map(tuple),
        kept=st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda trace: (trace.report, trace.entry),
)


@given(TRACES, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_of_the_traces(traces: list[Trace[int]], random: object) -> None:
    mixed = list(traces)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert list(pairs(mixed)) == list(pairs(traces))


@given(TRACES)
def test_every_two_traces_of_two_reports_with_a_common_key_meet_once(traces: list[Trace[int]]) -> None:
    found = {(a.report, a.entry, b.report, b.entry) for a, b in pairs(traces)}
    assert len(found) == len(list(pairs(traces)))
    assert found == {
        (a.report, a.entry, b.report, b.entry)
        for a in traces for b in traces
        if set(a.keys) & set(b.keys) and (a.report, a.entry) < (b.report, b.entry) and a.report != b.report
    }  # fmt: skip
