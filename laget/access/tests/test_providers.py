"""What an operator writes about providers: what holds, and one plain sentence for each fault."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import ECKey, OctKey, RSAKey

from laget.access.oidc import wire
from laget.access.oidc.providers import Misconfigured, read
from laget.kernel.actor import Capacity
from laget.site import environment

BASE = "https://laget.example"


def rsa(bits=2048, **more):
    return RSAKey.generate_key(bits, {"kid": "k1", **more}, private=True).as_dict(private=True)


KEY = json.dumps(rsa())
CITIZENS = {"issuer": "https://idporten.example", "client_id": "c", "keys": KEY}
STAFF = {"issuer": "https://login.example/v2.0", "client_id": "s", "keys": KEY, "amr": "mfa"}


def made(base=BASE, plain_http=False, **given):
    return read({"citizens": {}, "staff": {}, "outsiders": {}, **given}, base=base, plain_http=plain_http)


def test_nothing_written_is_nobody_to_sign_in_with():
    assert made() == {}


def test_what_is_not_said_is_safe():
    found = made(citizens=CITIZENS, staff=STAFF, outsiders={**CITIZENS, "client_id": "o"})
    citizens, staff, outsiders = found.values()
    assert (citizens.capacity, citizens.acr, citizens.claim, citizens.pushes) == (
        Capacity.CITIZEN, ("idporten-loa-high",), "pid", True,
    )  # fmt: skip
    assert (staff.capacity, staff.acr, staff.amr, staff.claim) == (
        Capacity.WORKER, (), ("mfa",), "preferred_username",
    )  # fmt: skip
    assert (outsiders.capacity, outsiders.by_number, outsiders.acr) == (
        Capacity.WORKER, True, ("idporten-loa-high",),
    )  # fmt: skip
    assert "kid" not in repr(found) and json.loads(KEY)["d"] not in repr(found)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issuer": ""}, "LAGET_STAFF_ISSUER must be set too"),
        ({"client_id": ""}, "LAGET_STAFF_CLIENT_ID must be set too"),
        ({"keys": ""}, "LAGET_STAFF_KEYS must be set too"),
        ({"issuer": "http://login.example"}, "LAGET_STAFF_ISSUER must be an https:// address"),
        ({"issuer": "login.example"}, "LAGET_STAFF_ISSUER must be an https:// address"),
        ({"issuer": "https://u:p@login.example"}, "LAGET_STAFF_ISSUER must be an https:// address"),
        ({"issuer": "https://login.example/?a=b"}, "LAGET_STAFF_ISSUER must be an https:// address"),
        ({"issuer": "https://[login"}, "LAGET_STAFF_ISSUER must be an https:// address"),
        ({"amr": ""}, "LAGET_STAFF_ACR or LAGET_STAFF_AMR must name"),
        ({"keys": "/nowhere/key.json"}, "names a file that cannot be read"),
        ({"keys": "{}"}, "LAGET_STAFF_KEYS must hold a private JWK"),
        ({"keys": '{"keys": []}'}, "LAGET_STAFF_KEYS must hold a private JWK"),
        ({"keys": "{not json"}, "LAGET_STAFF_KEYS must hold a private JWK"),
        ({"keys": json.dumps(RSAKey.import_key(rsa()).as_dict(private=False))}, "must begin with a private key"),
        ({"keys": json.dumps(rsa(alg="RS1"))}, "must begin with a private key"),
        ({"keys": json.dumps({**rsa(), "kid": ""})}, "has no key id"),
        (
            {"keys": json.dumps(OctKey.generate_key(256, {"kid": "k"}).as_dict(private=True))},
            "must begin with a private",
        ),
        ({"keys": json.dumps(ECKey.generate_key("P-521", {"kid": "k"}).as_dict(private=True))}, "or EC P-256"),
    ],
)
def test_a_fault_is_one_sentence(changed, said):
    with pytest.raises(Misconfigured, match="^[^\n]*$") as told:
        made(staff={**STAFF, **changed})
    assert said in str(told.value)
    assert json.loads(KEY)["d"][:20] not in str(told.value)


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_a_short_key_is_refused():
    with pytest.raises(Misconfigured, match="RSA of 2048 bits or more"):
        made(staff={**STAFF, "keys": json.dumps(rsa(1024))})


def test_our_own_address_is_https_and_two_providers_are_two():
    with pytest.raises(Misconfigured, match="LAGET_BASE_URL must begin with https"):
        made(base="http://laget.example", citizens=CITIZENS)
    with pytest.raises(Misconfigured, match="the same issuer and client id"):
        made(citizens=CITIZENS, outsiders=CITIZENS)


@pytest.mark.parametrize(("plain_http", "issuer", "may"), [
    (True, "http://127.0.0.1:9000", True), (True, "http://localhost:9000", True), (True, "http://login.example", False),
    (False, "http://127.0.0.1:9000", False), (True, "http://127.0.0.1.evil.example", False),
])  # fmt: skip
def test_plain_http_is_for_this_machine_only(plain_http, issuer, may):
    try:
        found = made(plain_http=plain_http, staff={**STAFF, "issuer": issuer})
    except Misconfigured:
        found = {}
    assert bool(found) is may


def test_the_first_key_signs_and_a_file_will_do(tmp_path):
    first, second = rsa(), ECKey.generate_key("P-256", {"kid": "k2"}, private=True).as_dict(private=True)
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"keys": [second, first]}))
    one = made(staff={**STAFF, "keys": str(file)})["staff"]
    assert (one.key.kid, one.algorithm) == ("k2", "ES256")
    file.write_text(json.dumps({"keys": [{**first, "alg": "PS256", "x5t#S256": "abc"}, second]}))
    one = made(staff={**STAFF, "keys": str(file)})["staff"]
    assert (one.key.kid, one.algorithm) == ("k1", "PS256")
    from joserfc import jwt

    said = jwt.decode(wire.assertion(one), one.key, ["PS256"])
    assert said.header == {"alg": "PS256", "kid": "k1", "typ": "JWT", "x5t#S256": "abc"}
    assert said.claims["aud"] == STAFF["issuer"]


def test_settings_say_the_fault(monkeypatch):
    monkeypatch.setenv("LAGET_CITIZENS_ISSUER", "https://idporten.example")
    with pytest.raises(ImproperlyConfigured, match="LAGET_CITIZENS_CLIENT_ID must be set too"):
        environment.providers(BASE, plain_http=False)
