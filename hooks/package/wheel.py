"""usage: wheel.py STAGE VERSION MACHINE OUTPUT

Makes a wheel of connref: pip, pipx and uv put the program into the scripts of an environment, and what
is in share/ beside it. The program is static, so that the tags promise every Linux: the oldest glibc that
pip has a name for, and musl. Nothing of Python runs when connref runs.
"""

import base64
import hashlib
import os
import sys
import time
import zipfile

TAGS = ["manylinux_2_5", "manylinux1", "manylinux2014", "manylinux_2_17", "musllinux_1_1"]


def main():
    stage, version, machine, output = sys.argv[1:]
    # manylinux1 exists for x86-64 and no other
    tags = [t for t in TAGS if machine == "x86_64" or t not in ("manylinux_2_5", "manylinux1")]
    platform = ".".join(f"{tag}_{machine}" for tag in tags)
    os.makedirs(output, exist_ok=True)
    files = {f"connref-{version}.data/scripts/connref": read(f"{stage}/bin/connref")}
    for folder in (f"{stage}/share", f"{stage}/libexec"):
        for path in paths(folder):
            files[f"connref-{version}.data/data/{os.path.relpath(path, stage)}"] = read(path)
    information = f"connref-{version}.dist-info"
    files[f"{information}/METADATA"] = metadata(version).encode()
    files[f"{information}/WHEEL"] = wheel(platform.split(".")).encode()
    files[f"{information}/licenses/LICENSE"] = read(beside("LICENSE"))
    record = "".join(f"{name},{digest(content)},{len(content)}\n" for name, content in sorted(files.items()))
    files[f"{information}/RECORD"] = (record + f"{information}/RECORD,,\n").encode()

    name = f"{output}/connref-{version}-py3-none-{platform}.whl"
    moment = time.gmtime(max(int(os.environ["SOURCE_DATE_EPOCH"]), 315532800))[:6]
    with zipfile.ZipFile(name, "w") as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, moment)
            entry.create_system = 3
            entry.external_attr = (0o100755 if is_program(path) else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)


def paths(folder):
    return [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]


def is_program(path):
    return "/scripts/" in path or "/libexec/" in path or path.endswith(".sh")


def metadata(version):
    return f"""Metadata-Version: 2.1
Name: connref
Version: {version}
Summary: Stops the commit in which a Power Platform connection reference was deleted and re-created.
License: MIT
Requires-Python: >=3.6
Description-Content-Type: text/markdown

{read(beside("README.md")).decode()}"""


def wheel(platforms):
    tags = "".join(f"Tag: py3-none-{platform}\n" for platform in platforms)
    return f"Wheel-Version: 1.0\nGenerator: connref\nRoot-Is-Purelib: false\n{tags}"


def digest(content):
    value = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
    return f"sha256={value.decode()}"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def beside(name):
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", name)


main()
