"""Four short reports of an invented border war, for the views to be asked about."""

from __future__ import annotations

from onrecord.model import Annotated, Unread
from record.builder import Builder, plain, received

__all__ = ["Builder", "border_report", "capital_report", "later_border_report", "plain", "received", "unread_report"]


def border_report() -> Annotated:
    """What was first published, and later corrected."""
    b = Builder()
    b.figure("Two were hurt", 2, 2, unit="wounded")
    return b.annotated(title="Clash at the border", publisher="Valley Courier", published="1958-03-04")


def later_border_report() -> Annotated:
    b = Builder()
    colonel = b.entity("Jörg R. Adler", role="Colonel", country="LVA")
    talk = b.says(colonel, "said", "guns had opened up ", act="announces")
    b.write("The ")
    army = b.entity("Third Army", kind="armed-force")
    b.write(" ")
    day = b.time("early on Monday", "1958-03-03TMO")
    b.write(" near ")
    town = b.place("Saint-Élie")
    b.write(" ")
    b.event("shelled the road", actors=(army,), place=town, time=day, voice=talk.id)
    month = b.time("in about February", "1958-02", "APPROX")
    b.write(" ")
    b.event("crossed the river", "MOBILIZE", actors=(army,), recipients=(colonel,), time=month)
    b.event("protests broke out", "PROTEST")
    b.figure("At least 12 were killed", 12, None, of="drivers", claimant=colonel.entity, voice=talk.id, place=town,
             time=day)  # fmt: skip
    b.figure("nine more were killed", 9, 9, of="guards", voice="unsourced")
    return b.annotated(title="Clash at the border", publisher="Valley Courier", published="1958-03-05")


def capital_report() -> Annotated:
    b = Builder()
    president = b.entity("Adler", role="President")
    day = b.time(" last Tuesday", "1958-02-25")
    outer = b.says(president, "wrote", "the envoy promised that the guns are silent", manner="written", time=day)
    envoy = b.entity("Mila Adler")
    start = b.text.index("the guns")
    b.says(envoy, "promised", "", within=outer.id, content_span=(start, start + len("the guns are silent")),
           act="promises")  # fmt: skip
    b.figure("Five were killed", 5, 5, of="guards")
    colonel = b.entity("JORG R ADLER")
    b.says(colonel, "feared", "worse to come", manner="believed")
    return b.annotated(title="Capital calm", publisher="Capital Gazette", published="1958-03-01")


def unread_report() -> Annotated:
    text = "Rien de nouveau."
    return plain(text, unread=(Unread((0, len(text)), "language fr is not annotated"),))  # type: ignore[arg-type]
