"""People, their chat accounts and the codes that join them, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, select

from connectors.engine import StoreError, rows
from connectors.people import CODE_VALID, PeopleStore
from connectors.schema import LINK_CODES
from corpus.people import Channel, Person, Role

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
UNIT = "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"


@pytest.fixture
def people(engine: Engine) -> PeopleStore:
    return PeopleStore(engine)


@pytest.fixture
def hoa(people: PeopleStore) -> Person:
    return people.add("Nguyễn  Thị Hoa", UNIT, Role.OFFICER, NOW)


def test_a_person_is_found_by_any_end_of_the_name_typed_without_accents(people: PeopleStore, hoa: Person) -> None:
    people.add("Trần Hoàng", UNIT, Role.HEAD, NOW)
    assert hoa.name == "Nguyễn Thị Hoa"
    assert hoa.unit.short == "Phòng Văn hóa - Xã hội"
    assert hoa.unit.office == "UBND phường Nhị Chiểu"
    assert people.find("hoa") == people.find("thi hoa") == people.find("NGUYỄN THỊ HOA") == people.find(hoa.id) == [hoa]
    assert people.find("ho") == people.find("") == people.find("nguyen") == []


def test_one_name_twice_in_a_unit_is_refused_and_elsewhere_is_not(people: PeopleStore, hoa: Person) -> None:
    with pytest.raises(StoreError) as caught:
        people.add("nguyễn thị hoa", UNIT.upper(), Role.OFFICER, NOW)
    assert caught.value.code == "person_known"
    other = people.add("Nguyễn Thị Hoa", "Văn phòng HĐND và UBND, UBND phường Nhị Chiểu", Role.OFFICER, NOW)
    assert {p.id for p in people.find("hoa")} == {hoa.id, other.id}


def test_somebody_who_left_comes_back_as_another(people: PeopleStore, hoa: Person) -> None:
    people.disable(hoa.id, NOW)
    again = people.add(hoa.name, UNIT, Role.HEAD, NOW + MINUTE)
    assert [p.id for p in people.find("hoa")] == [again.id, hoa.id]
    assert [p.active for p in people.all()] == [False, True]


def test_a_code_joins_one_account_once(people: PeopleStore, hoa: Person) -> None:
    code = people.make_code(hoa.id, NOW)
    assert people.redeem(code.lower(), Channel.TELEGRAM, "77", NOW + MINUTE) == hoa
    assert people.by_account(Channel.TELEGRAM, "77") == hoa
    assert people.by_account(Channel.ZALO_BOT, "77") is None
    with pytest.raises(StoreError) as caught:
        people.redeem(code, Channel.TELEGRAM, "78", NOW + MINUTE)
    assert caught.value.code == "code_bad"
    assert people.by_account(Channel.TELEGRAM, "78") is None


def test_a_code_ends_after_its_time_and_with_the_next_one(people: PeopleStore, hoa: Person) -> None:
    late = people.make_code(hoa.id, NOW)
    with pytest.raises(StoreError):
        people.redeem(late, Channel.TELEGRAM, "77", NOW + CODE_VALID)
    first, second = people.make_code(hoa.id, NOW), people.make_code(hoa.id, NOW)
    with pytest.raises(StoreError):
        people.redeem(first, Channel.TELEGRAM, "77", NOW + MINUTE)
    assert people.redeem(second, Channel.TELEGRAM, "77", NOW + MINUTE) == hoa


def test_codes_are_kept_as_hashes_only(people: PeopleStore, hoa: Person, engine: Engine) -> None:
    code = people.make_code(hoa.id, NOW)
    kept = [str(value) for row in rows(engine, select(LINK_CODES)) for value in row]
    assert kept
    assert not any(code.lower() in value.lower() for value in kept)


def test_codes_cannot_be_tried_through(people: PeopleStore, hoa: Person) -> None:
    code = people.make_code(hoa.id, NOW)
    for _ in range(5):
        with pytest.raises(StoreError, match="code_bad"):
            people.redeem("AAAA2222", Channel.WEB, "9", NOW)
    with pytest.raises(StoreError, match="code_tries"):
        people.redeem(code, Channel.WEB, "9", NOW)
    assert people.redeem(code, Channel.WEB, "10", NOW) == hoa  # another account is not held back


def test_a_wait_of_an_hour_gives_new_tries(people: PeopleStore, hoa: Person) -> None:
    for _ in range(5):
        with pytest.raises(StoreError, match="code_bad"):
            people.redeem("AAAA2222", Channel.WEB, "9", NOW)
    later = NOW + dt.timedelta(hours=1, minutes=1)
    code = people.make_code(hoa.id, later)
    assert people.redeem(code, Channel.WEB, "9", later) == hoa


def test_who_leaves_loses_all_channels_at_once(people: PeopleStore, hoa: Person) -> None:
    for channel in (Channel.TELEGRAM, Channel.ZALO_OA):
        people.redeem(people.make_code(hoa.id, NOW), channel, "77", NOW)
    code = people.make_code(hoa.id, NOW)
    assert people.disable(hoa.id, NOW).active is False
    assert people.by_account(Channel.TELEGRAM, "77") is None
    assert people.by_account(Channel.ZALO_OA, "77") is None
    with pytest.raises(StoreError, match="code_bad"):
        people.redeem(code, Channel.WEB, "1", NOW)
    with pytest.raises(StoreError, match="person_left"):
        people.make_code(hoa.id, NOW)


def test_an_account_moves_to_who_links_it_last(people: PeopleStore, hoa: Person) -> None:
    nam = people.add("Trần Văn Nam", UNIT, Role.HEAD, NOW)
    people.redeem(people.make_code(hoa.id, NOW), Channel.TELEGRAM, "77", NOW)
    people.redeem(people.make_code(nam.id, NOW), Channel.TELEGRAM, "77", NOW)
    assert people.by_account(Channel.TELEGRAM, "77") == nam
    assert people.identities(hoa.id) == []
    assert people.unlink(Channel.TELEGRAM, "77") is True
    assert people.unlink(Channel.TELEGRAM, "77") is False


def test_a_person_changes_role_and_unit(people: PeopleStore, hoa: Person) -> None:
    changed = people.change(hoa.id, role=Role.HEAD, unit="Văn phòng HĐND và UBND, UBND phường Nhị Chiểu")
    assert (changed.role, changed.unit.short) == (Role.HEAD, "Văn phòng HĐND và UBND")
    assert people.get(hoa.id) == changed
    with pytest.raises(StoreError, match="person_unknown"):
        people.change("khong-co", role=Role.HEAD)


def test_names_are_data_never_sql(people: PeopleStore) -> None:
    odd = people.add("Robert'); DROP TABLE people;--", "U'nit", Role.OFFICER, NOW)
    assert people.get(odd.id) == odd
