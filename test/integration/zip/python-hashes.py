"""Prints "base64(name) sha256(content)" for each entry of an archive, as Python's zipfile reads it."""
import base64
import hashlib
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as archive:
    for info in archive.infolist():
        digest = hashlib.sha256()
        with archive.open(info) as content:
            while chunk := content.read(1 << 20):
                digest.update(chunk)
        print(base64.b64encode(info.filename.encode('utf-8')).decode(), digest.hexdigest())
