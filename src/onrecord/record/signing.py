"""Keys and signatures in minisign's format (https://jedisct1.github.io/minisign/): Ed25519 over BLAKE2b.

Anybody checks them with `minisign -V`, without onrecord.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.errors import InputError, ModelError, RecordError
from onrecord.record.beside import beside

__all__ = ["new_key", "signature", "signer"]

#: What a passphrase costs who tries them all (scrypt): a quarter of a GB of memory and about a second each.
_OPERATIONS, _MEMORY = 16_777_216, 268_435_456


def new_key(path: str | os.PathLike[str], *, passphrase: str = "") -> str:
    """Make a secret key in a file of which nobody else can read, and its public key beside it (`.pub`).

    Args:
        path: the secret key's file.
        passphrase: what the key is locked with; empty for none.

    Returns:
        The public key, as one word.

    Raises:
        RecordError: one of the files is there already, or cannot be written.
        ModelError: the extra is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     public = new_key(f"{folder}/war.key")
        ...     len(public), sorted(os.listdir(folder))
        (56, ['war.key', 'war.key.pub'])
    """
    library = _library()
    pair = library.KeyPair.generate()
    public = pair.public_key.to_base64().decode()
    with pair.secret_key as secret:
        secret.untrusted_comment = "onrecord secret key (minisign)"
        if passphrase:
            secret.encrypt(passphrase, opslimit=_OPERATIONS, memlimit=_MEMORY)
        with beside(Path(path), replace=False, mode=0o600) as key:
            key.write_bytes(bytes(secret) + b"\n")
            with beside(Path(f"{os.fspath(path)}.pub"), replace=False, mode=None) as beside_it:
                beside_it.write_bytes(bytes(pair.public_key) + b"\n")
    return str(public)


def signature(data: BinaryIO, key: str | os.PathLike[str], *, comment: str, passphrase: Callable[[], str]) -> bytes:
    """The signature of what a file holds by a secret key: the text of a `.minisig` file.

    Args:
        data: the file that is signed, open for reading.
        key: the secret key's file, of onrecord or minisign.
        comment: what is signed with it, on one line; only ASCII.
        passphrase: asked for if the key is locked.

    Raises:
        InputError: there is no key, or the passphrase is wrong.
        ModelError: the extra is not installed.
    """
    library = _library()
    try:
        with library.SecretKey.from_file(key) as secret:
            if secret.is_encrypted():
                secret.decrypt(passphrase())
            made = secret.sign(data, trusted_comment=comment, untrusted_comment="signature by onrecord seal")
            return bytes(made) + b"\n"
    except OSError as error:
        raise InputError(f"the key cannot be read ({error.strerror})", "make one with --new-key", subject=str(key)
                         ) from error  # fmt: skip
    except library.Error as error:
        raise InputError(f"the key cannot be used ({error})", "give a secret key and its passphrase", subject=str(key)
                         ) from error  # fmt: skip


def signer(data: bytes, signed: bytes, public: str) -> str:
    """What was signed with the bytes, if the signature is theirs and of this public key.

    Args:
        data: the bytes.
        signed: the text of the `.minisig` file.
        public: the public key, as one word or as a file.

    Raises:
        InputError: there is no such key, or this is no signature.
        RecordError: the signature is not of these bytes, or not by this key.
        ModelError: the extra is not installed.
    """
    library = _library()
    try:
        key = library.PublicKey.from_file(public) if Path(public).is_file() else library.PublicKey.from_base64(public)
    except (library.Error, OSError) as error:
        raise InputError(f"this is no public key ({error})", "give the .pub file, or its second line", subject=public
                         ) from error  # fmt: skip
    try:
        found = library.Signature.from_bytes(signed)
    except library.ParseError as error:
        raise InputError(f"this is no signature ({error})", "give the .minisig file as it was made") from error
    try:
        key.verify(data, found)
    except library.VerifyError as error:
        raise RecordError(f"the signature does not hold ({error})",
                          "get the seal and the public key again from who made them") from error  # fmt: skip
    return str(found.trusted_comment)


def _library() -> Any:
    try:
        import minisign
    except ImportError as error:
        raise ModelError("the package for signatures is not installed", 'pip install "onrecord[seal]"') from error
    return minisign
