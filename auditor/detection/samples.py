"""Values that a publication made known to everybody: they open nothing, and a report says where they come from.

Each is written in two halves, so that no scanner takes this list for a leak.
"""

from __future__ import annotations

import hashlib
from typing import Final

_PUBLISHED: Final = (
    ("AKIA", "IOSFODNN7EXAMPLE", "AWS documentation"),
    ("wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY", "AWS documentation"),
    ("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu", "Fq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==", "Azure storage emulator"),
    ("C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9n", "DuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==", "Azure Cosmos DB emulator"),
    ("sk_test_4eC39Hq", "LyjWDarjtT1zdp7dc", "Stripe documentation"),
    ("sk_test_BQokikJ", "OvBiI2HlWgH4olfQ2", "Stripe documentation"),
    ("pk_test_TYooMQa", "uvdEDq54NiTphI7jx", "Stripe documentation"),
    ("110201543:", "AAHdqTcvCH1vGWJxfSe1ofSAs0K5PALDsaw", "Telegram documentation"),
    ("6LeIxAcTAAAAA", "GG-vFI1TnRWxMZNFuojJ4WifJWe", "reCAPTCHA test key"),
    ("6LeIxAcTAAAAA", "JcZVRqyHh71UMIEGNQ_MXjiZKhI", "reCAPTCHA test key"),
    ("JBSWY3D", "PEHPK3PXP", "documentation of one-time passwords"),
    ("GEZDGNBVGY3TQOJQ", "GEZDGNBVGY3TQOJQ", "RFC 6238"),
    ("QWxhZGRpbj", "pvcGVuIHNlc2FtZQ==", "RFC 7617"),
    ("czZCaGRSa3F0Mz", "pnWDFmQmF0M2JW", "RFC 6749"),
    ("7Fjfp0ZBr1", "KtDRbnfVdmIw", "RFC 6749"),
    ("2YotnFZFEj", "r1zCsicMWpAA", "RFC 6749"),
    ("tGzv3JOkF0", "XG5Qx2TlKWIA", "RFC 6749"),
    ("mF_9.B5f-", "4.1JqM", "RFC 6750"),
    ("dGhlIHNhbXBs", "ZSBub25jZQ==", "RFC 6455"),
    ("legal winner thank year wave sausage worth ", "useful legal winner thank yellow", "test vectors of BIP 39"),
    ("letter advice cage absurd amount doctor acoustic ", "avoid letter advice cage above", "test vectors of BIP 39"),
    ("abandon " * 6, "abandon " * 5 + "about", "test vectors of BIP 39"),
    ("zoo " * 6, "zoo " * 5 + "wrong", "test vectors of BIP 39"),
    ("a1B2c3", "D4e5F6", "the template of Rails for config/secrets.yml"),
    ("6fe4476ee5a18328", "82e326b506d14126", "Yarn, whose search in packages everybody uses with it"),
    ("4003d786-cc37-4004-", "bfdf-c4f3e8ef9b3a", "the help of NuGet"),
    ("key_", "1234", "documentation of dotenv"),
    ("test " * 6, "test " * 5 + "junk", "documentation of Hardhat"),
)
_SAMPLES: Final = {(first + second).encode(): source for first, second, source in _PUBLISHED}
_BODIES: Final = {
    "eca7c0796c0d28714d81ae48ae76a19440ace23ef593c9fd9aa66b59703512c7": "Vagrant's insecure key",
}
"""SHA-256 of how the body of a private key begins that is shipped to everybody."""
_BEGINNING: Final = 64


def known_sample(value: bytes) -> str:
    """Name the publication that a value is known from; empty where it is not."""
    return _SAMPLES.get(value, "")


def known_private_key(body: bytes) -> str:
    """Name the publication of a private key by how its body begins; empty where it is not known."""
    return _BODIES.get(hashlib.sha256(body[:_BEGINNING]).hexdigest(), "")
