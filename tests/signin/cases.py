"""Everything a hostile or broken provider, or somebody between, may try at sign-in; and what comes of it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from joserfc import jwe, jws, jwt
from joserfc.jwk import OctKey, RSAKey

from tests.signin.conftest import KARI, MAJA, STRANGER, Browser
from tests.signin.hostile import GONE, page, rsa, unpadded, unsigned

IN = "signed in"
Bend = Callable[[Browser], Any]


@dataclass(frozen=True)
class Case:
    """What is tried, by whom it is tried, and the outcome: a refusal's code, or signed in."""

    what: str
    outcome: str
    bend: Bend
    who: tuple[str, ...] = ("citizens", "staff")


CASES: list[Case] = []
OTHER = rsa("k1")
SECRET = OctKey.import_key("a-shared-secret-of-thirty-two-bytes!")


def case(what: str, outcome: str, *who: str) -> Callable[[Bend], Bend]:
    def add(bend: Bend) -> Bend:
        CASES.append(Case(what, outcome, bend, who or ("citizens", "staff")))
        return bend

    return add


def token(what: str, outcome: str, *who: str, **claims: Any) -> None:
    """A case that bends only what the ID token says."""
    CASES.append(Case(what, outcome, lambda one: one.hostile.claims.update(claims), who or ("citizens", "staff")))


def later(seconds: int) -> int:
    return int(time.time()) + seconds


# The ID token: from whom, for whom, when.
token("the token is from another issuer", "faulty", iss="https://evil.example")
token("the token says no issuer", "faulty", iss=GONE)
token("the token is for another client", "faulty", aud="somebody-else")
token("the token says no audience", "faulty", aud=GONE)


@case("the issuer differs by a slash only", "faulty")
def _(one: Browser) -> None:
    one.hostile.claims["iss"] = f"{one.hostile.issuer}/"


@case("the issuer is the other provider", "faulty")
def _(one: Browser) -> None:
    from laget.access.oidc.providers import configured

    one.hostile.claims["iss"] = configured()["staff" if one.name == "citizens" else "citizens"].issuer


@case("the token is for us and for another client too", "faulty")
def _(one: Browser) -> None:
    one.hostile.claims["aud"] = [one.hostile.client_id, "somebody-else"]


@case("the token is for us alone, said as a list", IN)
def _(one: Browser) -> None:
    one.hostile.claims["aud"] = [one.hostile.client_id]


token("the token was asked for by another client (azp)", "faulty", azp="somebody-else")
token("the token has run out", "faulty", exp=later(-120))
token("the token never runs out", "faulty", exp=GONE)
token("the token runs out at a text", "faulty", exp="tomorrow")
token("the token runs out at true", "faulty", exp=True)
token("the token is made in the future", "faulty", iat=later(3600))
token("the token is made yesterday", "faulty", iat=later(-86400))
token("the token does not say when it was made", "faulty", iat=GONE)
token("the token is not good yet", "faulty", nbf=later(3600))

# The ID token: which sign-in it answers, and who.
token("the token answers no sign-in (no nonce)", "faulty", nonce=GONE)
token("the token answers another sign-in (nonce)", "faulty", nonce="x" * 43)
token("the nonce is not a text", "faulty", nonce=["x"])


@case("the nonce is half a letter", "faulty")
def _(one: Browser) -> None:
    one.hostile.claims["nonce"] = "\ud800"
    one.hostile.signed = lambda head, claims: jws.serialize_compact(head, json.dumps(claims), one.hostile.key)


token("the token names nobody", "faulty", sub=GONE)
token("the token names an empty subject", "faulty", sub="")
token("the token names a list of subjects", "faulty", sub=["subject-1"])
token("the access token was swapped (at_hash)", "faulty", at_hash="x" * 22)
token("the national number stands in sub and not in its own claim", "faulty", "citizens", pid=GONE, sub=KARI)
token("the national number has a wrong digit", "faulty", "citizens", pid=KARI[:-1] + str((int(KARI[-1]) + 1) % 10))
token("the national number is a list", "faulty", "citizens", pid=[KARI])
token("the national number is nobody's here", "unknown", "citizens", pid=STRANGER)
token("the account is nobody's here", "unknown", "staff", preferred_username="x@fjordvik.example")
token("the account is missing at the first sign-in", "unknown", "staff", preferred_username=GONE)
token("the account is a list", "unknown", "staff", preferred_username=[MAJA])

token("the session id holds what no database takes", IN, sid="a\0b")

# How strongly somebody has signed in.
token("no level is said", "too_weak", "citizens", acr=GONE)
token("the level is lower than asked for", "too_weak", "citizens", acr="idporten-loa-substantial")
token("the level is a list that holds the right one", "too_weak", "citizens", acr=["idporten-loa-high"])
token("the level holds the right one among others", "too_weak", "citizens", acr="idporten-loa-low idporten-loa-high")
token("the level is the right one in capital letters", "too_weak", "citizens", acr="IDPORTEN-LOA-HIGH")
token("no way of signing in is said", "too_weak", "staff", amr=GONE)
token("a password only", "too_weak", "staff", amr=["pwd"])
token("the ways are one text", "too_weak", "staff", amr="mfa")
token("the citizens' level instead of two factors", "too_weak", "staff", amr=GONE, acr="idporten-loa-high")
token("it is not said when somebody signed in", "faulty", auth_time=GONE)
token("somebody signed in the day before", "too_old", auth_time=later(-86400))
token("somebody signs in tomorrow", "faulty", auth_time=later(86400))


# How the token is signed.
@case("the token is not signed (alg none)", "faulty")
def _(one: Browser) -> None:
    one.hostile.signed = unsigned


@case("signed with the public key as a shared secret (HS256)", "faulty")
def _(one: Browser) -> None:
    pem = one.hostile.key.as_pem(private=False)

    def confused(head: dict[str, Any], claims: dict[str, Any]) -> str:
        said = f"{unpadded({**head, 'alg': 'HS256'})}.{unpadded(claims)}"
        mac = hmac.new(pem, said.encode(), hashlib.sha256).digest()
        return f"{said}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    one.hostile.signed = confused


@case("signed with a shared secret (HS256)", "faulty")
def _(one: Browser) -> None:
    one.hostile.signed = lambda head, claims: jwt.encode({**head, "alg": "HS256"}, claims, SECRET, ["HS256"])


@case("signed with somebody else's key under the same key id", "faulty")
def _(one: Browser) -> None:
    one.hostile.signed = lambda head, claims: jwt.encode(head, claims, OTHER, ["RS256"])


@case("the claims are changed after signing", "faulty")
def _(one: Browser) -> None:
    def changed(head: dict[str, Any], claims: dict[str, Any]) -> str:
        first, _, last = jwt.encode(head, claims, one.hostile.key, ["RS256"]).split(".")
        return f"{first}.{unpadded({**claims, 'sub': 'subject-2'})}.{last}"

    one.hostile.signed = changed


@case("the key id is unknown", "faulty")
def _(one: Browser) -> None:
    one.hostile.header["kid"] = "k9"


@case("no key id", "faulty")
def _(one: Browser) -> None:
    one.hostile.header["kid"] = GONE


@case("the key lies in the token itself (jwk)", "faulty")
def _(one: Browser) -> None:
    own = {**OTHER.as_dict(private=False)}
    one.hostile.signed = lambda head, claims: jwt.encode({**head, "jwk": own}, claims, OTHER, ["RS256"])


@case("the token says where its key lies (jku)", "faulty")
def _(one: Browser) -> None:
    address = f"{one.hostile.issuer}/other-keys"
    one.hostile.answers["/other-keys"] = page({"keys": [OTHER.as_dict(private=False)]})
    one.hostile.signed = lambda head, claims: jwt.encode({**head, "jku": address}, claims, OTHER, ["RS256"])


@case("the key is one for encryption", "faulty")
def _(one: Browser) -> None:
    one.hostile.published = [{**one.hostile.key.as_dict(private=False), "use": "enc"}]


@case("a header that must be understood and is not (crit)", "faulty")
def _(one: Browser) -> None:
    head = {"alg": "RS256", "kid": "k1", "crit": ["exp"], "exp": 1}
    one.hostile.signed = lambda _, claims: f"{unpadded(head)}.{unpadded(claims)}.AAAA"


@case("a logout token instead of an ID token", "faulty")
def _(one: Browser) -> None:
    one.hostile.header["typ"] = "logout+jwt"


@case("an encrypted token", "faulty")
def _(one: Browser) -> None:
    public = one.hostile.key.as_dict(private=False)
    key = RSAKey.import_key({name: public[name] for name in ("kty", "n", "e")})
    sealed = {"alg": "RSA-OAEP", "enc": "A256GCM", "kid": "k1"}
    one.hostile.signed = lambda _, claims: jwe.encrypt_compact(sealed, str(claims).encode(), key)


@case("a token that is no token", "faulty")
def _(one: Browser) -> None:
    one.hostile.signed = lambda *_: "not.a.token"


@case("a token whose claims are a list", "faulty")
def _(one: Browser) -> None:
    one.hostile.signed = lambda head, _: f"{unpadded(head)}.{unpadded([1])}.AAAA"


@case("new keys since last time", IN)
def _(one: Browser) -> None:
    from laget.access.oidc import wire

    one.sign_in()
    one.client.post("/sign-out/")
    fresh = rsa("k2")
    one.hostile.published = [fresh.as_dict(private=False)]
    one.hostile.signed = lambda head, claims: jwt.encode({**head, "kid": "k2"}, claims, fresh, ["RS256"])
    for known in wire._known.values():  # half a minute later
        known.keys_at -= wire.NOT_BEFORE + 1


# What the browser brings back.
@case("no state", "lost")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(state=None)


@case("an invented state", "lost")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(state="x" * 43)


@case("two states", "lost")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(state=[one.asked["state"], one.asked["state"]])


@case("another browser's state (login forged from outside)", "lost")
def _(one: Browser) -> Any:
    other = Browser(one.hostile, one.name)
    other.go()
    one.asked = other.asked
    return one.come_back()


@case("the state is used once more", "lost")
def _(one: Browser) -> Any:
    one.go()
    one.come_back(error="access_denied", code=None)
    return one.come_back()


@case("it took more than ten minutes", "lost")
def _(one: Browser) -> Any:
    from django.db.models import F

    from laget.access.models import Attempt

    one.go()
    Attempt.objects.update(at=F("at") - timedelta(minutes=10, seconds=1))
    return one.come_back()


@case("one provider's answer at the other's address (mix-up)", "lost")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(at="staff" if one.name == "citizens" else "citizens")


@case("the answer names another issuer (mix-up)", "faulty")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(iss="https://evil.example")


@case("the answer names no issuer, though this provider does so always", "faulty")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(iss=None)


@case("the answer names two issuers", "faulty")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(iss=[one.hostile.issuer, "https://evil.example"])


@case("no code", "faulty")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(code=None)


@case("two codes", "faulty")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(code=["a", "b"])


@case("a code of a megabyte", "faulty")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(code="x" * 1_000_000)


@case("a code together with a fault", "cancelled")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(error="access_denied")


@case("stopped at the provider", "cancelled")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(code=None, error="access_denied")


@case("a fault with script in its words", "faulty")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(code=None, error="<script>x</script>", error_description="<script>y</script>")


@case("the provider could not reach the level", "too_weak")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(code=None, error="unmet_authentication_requirements")


@case("the provider says that it is down", "provider_down")
def _(one: Browser) -> Any:
    one.go()
    return one.come_back(code=None, error="temporarily_unavailable")


@case("the code has been used, or is another's", "faulty")
def _(one: Browser) -> None:
    one.hostile.answers["/token"] = page({"error": "invalid_grant"}, 400)


# The provider's own server.
@case("its description is another issuer's", "provider_down")
def _(one: Browser) -> None:
    one.hostile.metadata["issuer"] = "https://evil.example"


@case("its description leads to an address without TLS", "provider_down")
def _(one: Browser) -> None:
    one.hostile.metadata["token_endpoint"] = "http://evil.example/token"


@case("its description leads to an address with a password in it", "provider_down")
def _(one: Browser) -> None:
    one.hostile.metadata["authorization_endpoint"] = "https://user:secret@evil.example/"


@case("its description leads to an address with a line break", "provider_down")
def _(one: Browser) -> None:
    one.hostile.metadata["end_session_endpoint"] = "https://evil.example/\r\nSet-Cookie: a=b"


@case("its description is missing", "provider_down")
def _(one: Browser) -> None:
    one.hostile.answers["/.well-known/openid-configuration"] = page({}, 500)


@case("its description leads to another place", "provider_down")
def _(one: Browser) -> None:
    elsewhere = {"Location": f"{one.hostile.issuer}/elsewhere"}
    one.hostile.answers["/.well-known/openid-configuration"] = (302, b"", elsewhere)
    one.hostile.answers["/elsewhere"] = page(one.hostile.described())


@case("it takes no pushed requests, though families' provider must", "provider_down", "citizens")
def _(one: Browser) -> None:
    one.hostile.metadata["pushed_authorization_request_endpoint"] = GONE


@case("it takes no pushed requests, which a work account's need not", IN, "staff")
def _(one: Browser) -> None:
    one.hostile.metadata["pushed_authorization_request_endpoint"] = GONE


@case("it refuses the pushed request", "faulty")
def _(one: Browser) -> None:
    one.hostile.answers["/par"] = page({"error": "invalid_client"}, 400)


@case("it answers the pushed request with nothing", "provider_down")
def _(one: Browser) -> None:
    one.hostile.answers["/par"] = page({}, 201)


@case("the token endpoint leads to another place", "provider_down")
def _(one: Browser) -> None:
    one.hostile.answers["/token"] = (307, b"", {"Location": f"{one.hostile.issuer}/elsewhere"})


@case("the token endpoint answers with two megabytes", "provider_down")
def _(one: Browser) -> None:
    one.hostile.answers["/token"] = (200, b'{"a": "' + b"x" * 2_000_000 + b'"}', {})


@case("the token endpoint answers with a little that unpacks to much", "provider_down")
def _(one: Browser) -> None:
    packed = gzip.compress(b'{"a": "' + b"x" * 50_000_000 + b'"}')
    one.hostile.answers["/token"] = (200, packed, {"Content-Encoding": "gzip"})


@case("the token endpoint answers with a page", "provider_down")
def _(one: Browser) -> None:
    one.hostile.answers["/token"] = (200, b"<html>", {})


@case("the token endpoint answers with ten thousand brackets", "provider_down")
def _(one: Browser) -> None:
    one.hostile.answers["/token"] = (200, b"[" * 100_000, {})


@case("the token endpoint gives no ID token", "faulty")
def _(one: Browser) -> None:
    one.hostile.answers["/token"] = page({"access_token": "x"})


@case("the keys cannot be fetched", "provider_down")
def _(one: Browser) -> None:
    one.hostile.answers["/jwks"] = page({}, 503)


@case("the keys are no keys", "provider_down")
def _(one: Browser) -> None:
    one.hostile.answers["/jwks"] = page({"keys": [{"kty": "RSA"}]})


@case("it does not answer in time", "provider_down")
def _(one: Browser) -> None:
    one.hostile.pause = 1.0


# Two who are one, and one who is two.
@case("another subject with the same account", "account_taken", "staff")
def _(one: Browser) -> None:
    one.sign_in()
    one.client.post("/sign-out/")
    one.hostile.claims["sub"] = "somebody-else"


@case("the same subject from another issuer", "account_taken", "staff")
def _(one: Browser) -> None:
    from laget.directory.models import Account

    Account.objects.update(issuer="https://former.example", subject="maja-at-work")


@case("the same subject with another account in its token", IN, "staff")
def _(one: Browser) -> None:
    one.sign_in()
    one.client.post("/sign-out/")
    one.hostile.claims["preferred_username"] = "ada.vik@fjordvik.example"


@case("an account that an administrator has taken away", "unknown", "staff")
def _(one: Browser) -> None:
    from django.utils import timezone

    from laget.directory.models import Account

    one.sign_in()
    one.client.post("/sign-out/")
    Account.objects.update(until=timezone.now())
