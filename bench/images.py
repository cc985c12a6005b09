"""What pictures cost: uploads to a real server, its memory, and the time for smaller copies.

    python -m bench.images

A throw-away site under granian; each picture is made by another process, so that its pixels are
never in this one. "peak" is the most memory that the web process had since it started (VmHWM).
Fails if a picture that is too large is taken, or if memory is not bounded.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.load import LOOPBACK
from bench.server import serving

MAKE = """
import sys, PIL.Image
name, kind, side, height = sys.argv[1:]
tile = PIL.Image.merge("RGB", [PIL.Image.effect_noise((500, 500), wide) for wide in (20, 40, 60)])
tile = PIL.Image.blend(tile, PIL.Image.linear_gradient("L").resize((500, 500)).convert("RGB"), 0.7)
picture = PIL.Image.new("RGB", (int(side), int(height)))
for x in range(0, picture.width, 500):
    for y in range(0, picture.height, 500):
        picture.paste(tile, (x, y))
options = {"JPEG": {"quality": 60}, "PNG": {}, "WEBP": {"method": 0}}
if kind == "PNG":  # with transparent places: the most bytes for a pixel
    picture = picture.quantize(16).convert("RGBA")
    picture.putalpha(200)
picture.save(name, kind, **options[kind])
"""
PICTURES = (  # name, format, width, height, is taken
    ("100 megapixels, JPEG", "JPEG", 10_000, 10_000, False),
    ("100 megapixels, PNG", "PNG", 10_000, 10_000, False),
    ("100 megapixels, WebP", "WEBP", 10_000, 10_000, False),
    ("12 megapixels, JPEG", "JPEG", 4_000, 3_000, True),
    ("50 megapixels, JPEG", "JPEG", 8_500, 5_880, True),
    ("50 megapixels, PNG", "PNG", 8_500, 5_880, True),
)
MOST_FOR_REFUSED, MOST_FOR_TAKEN = 40, 700  # MB on top of what the process has anyway
ROW = "{name:<26}{size:>8.1f}{status:>8}{seconds:>9.2f}{peak:>9.0f}   {said}"
BORDER = "a-border-that-no-picture-has"
TIMES = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for line in report(Path(folder)):
            print(line, flush=True)


def report(folder: Path) -> Iterator[str]:
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "S3_BUCKET": "",
        "REDIS_URL": "",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "EMAIL_URL": "memorymail://",
        "PYTHONPATH": os.getcwd(),
    }
    files = [_made(folder, *one[:4]) for one in PICTURES]
    address, cookie = _site(environment)
    yield f"{'picture':<26}{'MB':>8}{'answer':>8}{'s':>9}{'peak MB':>9}"
    for (name, *_facts, is_taken), file in zip(PICTURES, files, strict=True):
        with serving("config.wsgi:application", environment) as port:
            before = _peak(port)
            began = time.perf_counter()
            status, said = _upload(port, address, cookie, file)
            seconds, peak = time.perf_counter() - began, _peak(port)
        size = file.stat().st_size / 1e6
        yield ROW.format(name=name, size=size, status=status, seconds=seconds, peak=peak, said=said)
        most = before + (MOST_FOR_TAKEN if is_taken else MOST_FOR_REFUSED)
        if (status == 201) != is_taken or peak > most:
            raise SystemExit(f"{name}: {status}, {peak:.0f} MB where {most:.0f} MB are allowed")
    yield from _copies(files[3])


def _made(folder: Path, name: str, kind: str, width: int, height: int) -> Path:
    file = folder / f"{width}.{kind.lower()}"
    command = [sys.executable, "-c", MAKE, str(file), kind, str(width), str(height)]
    subprocess.run(command, check=True, env={**os.environ, "NAME": name})  # noqa: S603
    return file


def _site(environment: dict[str, str]) -> tuple[str, str]:
    """An empty site with one post; returns where its author uploads, and with which cookie."""
    os.environ.update(environment)
    import django  # noqa: PLC0415  the environment comes first

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from tests.factories.blog import PostFactory  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    post, client = PostFactory(), Client(SERVER_NAME="localhost")
    client.force_login(post.author.person)
    client.get(f"/write/{post.pk}/pictures/")
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    cookie = "; ".join(f"{name}={client.cookies[name].value}" for name in names)
    return f"/write/{post.pk}/pictures/upload/", cookie


def _upload(port: int, address: str, cookie: str, file: Path) -> tuple[int, str]:
    """Send it as a browser does, piece by piece."""
    token = cookie.rpartition("=")[2]
    part = f'--{BORDER}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    head = part % ("csrfmiddlewaretoken", "") + f"{token}\r\n" + part % ("file", '; filename="a"')
    end = f"\r\n--{BORDER}--\r\n".encode()
    wire = http.client.HTTPConnection(LOOPBACK, port, timeout=120)
    wire.putrequest("POST", address, skip_host=True)
    for name, value in (
        ("Host", "localhost"),
        ("Cookie", cookie),
        ("Accept", "application/json"),
        ("Origin", "http://localhost"),
        ("Content-Type", f"multipart/form-data; boundary={BORDER}"),
        ("Content-Length", str(len(head) + file.stat().st_size + len(end))),
    ):
        wire.putheader(name, value)
    wire.endheaders(head.encode())
    with file.open("rb") as content:
        while piece := content.read(1 << 16):
            wire.send(piece)
    wire.send(end)
    answer = wire.getresponse()
    said = answer.read().decode()
    return answer.status, said if answer.status == 422 else ""


def _peak(port: int) -> float:
    """Megabytes that the processes of the server on this port had at the most, one by one."""
    processes = [path for path in Path("/proc").iterdir() if path.name.isdigit()]
    facts = {path.name: _facts(path) for path in processes}
    ours = {pid for pid, (command, _parent, _peak) in facts.items() if f"--port {port} " in command}
    ours |= {pid for pid, (_command, parent, _peak) in facts.items() if parent in ours}
    return max(facts[pid][2] for pid in ours)


def _facts(process: Path) -> tuple[str, str, float]:
    """The command, the parent and the peak of a process; nothing of one that ended meanwhile."""
    try:
        command = (process / "cmdline").read_text().replace("\0", " ")
        status = (process / "status").read_text()
    except OSError:
        return "", "", 0
    known = dict(line.split(":", 1) for line in status.splitlines())
    peak = int(known.get("VmHWM", "0").split()[0]) / 1000
    return command, known["PPid"].strip(), peak


def _copies(file: Path) -> Iterator[str]:
    from blog import pixels, stored_images  # noqa: PLC0415

    limits = stored_images.limits()
    with file.open("rb") as content:
        encoded = pixels.cleaned(content, limits)
    spans = []
    for _time in range(TIMES):
        began = time.process_time()
        copies = list(pixels.smaller(encoded.content, stored_images.WIDTHS, limits))
        spans.append(time.process_time() - began)
    yield f"\nsmaller copies of 12 megapixels: {median(spans):.2f} s of CPU, median of {TIMES}"
    for copy in copies:
        kind, size = copy.content_type, len(copy.content) / 1000
        yield f"  {copy.width:>5} by {copy.height:<5} {kind:<12}{size:>8.0f} kB"


if __name__ == "__main__":
    main()
