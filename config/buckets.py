"""An S3-compatible storage, as django-storages wants to be told of it."""

from typing import Any

FOR_EVER = "public, max-age=31536000, immutable"


def in_a_bucket(
    name: str, *, endpoint: str, region: str, keys: tuple[str, str], addressing: str
) -> dict[str, Any]:
    """What is left empty is what boto3 finds on the machine, or Amazon's."""
    access_key, secret_key = keys
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "access_key": access_key or None,
            "secret_key": secret_key or None,
            "signature_version": "s3v4",
            "addressing_style": addressing,
            "file_overwrite": True,  # names are never used twice, so nobody needs to ask first
            "object_parameters": {"CacheControl": FOR_EVER},
        },
    }
