"""Encryption in the application: a key per case, wrapped under a master key that can be replaced.

AES-256-GCM from `cryptography`; the case's reference is bound to every text, so a text moved to another case does not
open. Destroying a case's key makes every copy unreadable, backups included (design.md 7).
"""

import hashlib
import os
from collections.abc import Callable, Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction

from casusregie.core.models import CaseKey

_NONCE = 12


class CannotDecrypt(Exception):
    """The key is gone or is another one, or the text was changed."""


def encrypt(scope: str, text: str) -> bytes:
    """`text` encrypted under the key of `scope` (a case reference); a scope without a key gets one."""
    return encrypt_bytes(scope, text.encode())


def encrypt_bytes(scope: str, data: bytes) -> bytes:
    """A file encrypted under the key of `scope`."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_scope_key(scope)).encrypt(nonce, data, scope.encode())


def decrypt(scope: str, blob: bytes | memoryview) -> str:
    """The text again. Raises CannotDecrypt."""
    return decrypt_bytes(scope, blob).decode()


def decrypt_bytes(scope: str, blob: bytes | memoryview) -> bytes:
    """The file again. Raises CannotDecrypt."""
    data = bytes(blob)
    try:
        return AESGCM(_scope_key(scope)).decrypt(data[:_NONCE], data[_NONCE:], scope.encode())
    except InvalidTag as error:
        raise CannotDecrypt(scope) from error


def encrypt_all(scope: str, texts: Iterable[str]) -> list[bytes]:
    """Many texts encrypted under the key of `scope`, in their order, with one query for the key."""
    key = AESGCM(_scope_key(scope))
    nonces = ((os.urandom(_NONCE), text) for text in texts)
    return [nonce + key.encrypt(nonce, text.encode(), scope.encode()) for nonce, text in nonces]


def decrypt_all(blobs: Iterable[tuple[str, bytes | memoryview]]) -> list[str]:
    """The texts of many (scope, blob) pairs in their order, with one query for all their keys. Raises CannotDecrypt."""
    pairs = [(scope, bytes(blob)) for scope, blob in blobs]
    rows = CaseKey.objects.filter(scope__in={scope for scope, _blob in pairs})
    keys = {row.scope: _unwrap(row) for row in rows}
    try:
        return [
            AESGCM(keys[scope]).decrypt(blob[:_NONCE], blob[_NONCE:], scope.encode()).decode() for scope, blob in pairs
        ]
    except (InvalidTag, KeyError) as error:
        raise CannotDecrypt from error


Opener = Callable[[bytes | memoryview], str]


def opener(scope: str) -> Opener:
    """`decrypt` for many texts of one scope: its key is fetched once. What it returns raises CannotDecrypt."""
    engine, bound = AESGCM(_scope_key(scope)), scope.encode()

    def opened(blob: bytes | memoryview) -> str:
        data = bytes(blob)
        try:
            return engine.decrypt(data[:_NONCE], data[_NONCE:], bound).decode()
        except InvalidTag as error:
            raise CannotDecrypt(scope) from error

    return opened


def derived_key(purpose: str) -> bytes:
    """32 bytes for one purpose of the kernel (`audit`), from a wrapped key of its own: survives a new master key."""
    base = _scope_key(f"kernel:{purpose}")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(base)


def rewrap_all() -> int:
    """Wrap every case key under the newest master key; returns how many changed. The texts stay as they are."""
    newest = _master_id(settings.MASTER_KEYS[0])
    changed = 0
    for row in CaseKey.objects.exclude(master=newest).iterator():
        with transaction.atomic():
            locked = CaseKey.objects.select_for_update().get(pk=row.pk)
            locked.wrapped = _wrap(locked.scope, _unwrap(locked))
            locked.master = newest
            locked.save(update_fields=["wrapped", "master"])
        changed += 1
    return changed


def _scope_key(scope: str) -> bytes:
    row = CaseKey.objects.filter(scope=scope).first()
    if row is None:
        try:
            with transaction.atomic():
                row = CaseKey.objects.create(
                    scope=scope, wrapped=_wrap(scope, os.urandom(32)), master=_master_id(settings.MASTER_KEYS[0])
                )
        except IntegrityError:
            row = CaseKey.objects.get(scope=scope)
    return _unwrap(row)


def _wrap(scope: str, key: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(settings.MASTER_KEYS[0]).encrypt(nonce, key, scope.encode())


def _unwrap(row: CaseKey) -> bytes:
    blob = bytes(row.wrapped)
    for master in settings.MASTER_KEYS:
        if _master_id(master) == row.master:
            try:
                return AESGCM(master).decrypt(blob[:_NONCE], blob[_NONCE:], row.scope.encode())
            except InvalidTag as error:
                raise CannotDecrypt(row.scope) from error
    raise CannotDecrypt(f"{row.scope}: its master key is not in CASUSREGIE_KEYS")


def _master_id(master: bytes) -> str:
    return hashlib.sha256(b"casusregie master " + master).hexdigest()[:16]
