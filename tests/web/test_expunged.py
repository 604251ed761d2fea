"""Reports that were expunged: their pages say so in one line, and all others go on."""

from __future__ import annotations

from starlette.testclient import TestClient

from onrecord.record.store import Record
from onrecord.view import queries
from onrecord.view.asked import Asked
from onrecord.view.finds import finds
from onrecord.web.app import application

from .conftest import BASE

PAGES = ("/", "/?since=1962-10-01&until=1962-11-30",
         "/search?q=ships", "/accounts", "/who", "/how-many", "/where", "/when",
         "/review", "/who/Kennedy")  # fmt: skip


def test_the_page_of_an_expunged_report_says_so_and_all_other_pages_go_on(own: Record) -> None:
    client = TestClient(application(own), base_url=BASE)
    names = sorted({hit.report_id for hit in finds(own, Asked(words="ships", kind="report")).hits})
    title = own.annotated(names[0]).report.title
    assert title
    before = {page: client.get(page).status_code for page in PAGES}
    own.expunge(names[0], author="E. F.", reason="a court order")
    gone = client.get(f"/report/{names[0]}")
    assert gone.status_code == 410
    assert "the report was expunged on" in gone.text
    assert "by E. F.: a court order" in gone.text
    asked = client.get(f"/api/reports/{names[0]}")
    assert (asked.status_code, asked.json()["error"]["kind"]) == (410, "expunged")
    for page in PAGES:
        found = client.get(page)
        assert found.status_code == before[page], page
        assert title not in found.text, page
    for name in names[1:]:
        assert client.get(f"/report/{name}").status_code == 200


def test_a_report_of_which_one_version_was_expunged_says_so(own: Record) -> None:
    name = next(row[0] for row in own_versions(own) if row[1] > 1)
    own.expunge(name, version=1, author="E. F.", reason="a court order")
    client = TestClient(application(own), base_url=BASE)
    found = client.get(f"/report/{name}")
    assert found.status_code == 200
    assert "version 1 was expunged on" in found.text
    assert client.get(f"/report/{name}?version=1").status_code == 410
    assert len(queries.show(own, name).expunged) == 1


def own_versions(record: Record) -> list[tuple[str, int]]:
    with record.reading() as connection:
        query = "SELECT report_id, max(number) FROM versions GROUP BY report_id ORDER BY report_id"
        return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]
