"""A data portal on the loopback that behaves, and misbehaves, as portals are known to.

    python3 portal.py ROOT [--tls CERTIFICATE KEY] [--proxy]

ROOT/portal.json says what it has:
    {"packages": {"package-id": [{"name": "EPD_SNOMED_202607", "file": "july.zip", "zip": true,
      "last_modified": "...", "created": "...", "size": 1, "hash": "...",
      "faults": ["503", "drop:5000"], "api_faults": []}]},
     "pages": {"/page/july-2026": "<a href='/plain/x.csv'>"}}
Files are in ROOT/files.  Each request for a file (or its resource_show) takes the next fault of its
list; when none is left it is answered as it should be.  The file is read again for each request, so
that a test can change it.  A signed link is good until a fault "expire" is taken or, with "uses", for
so many requests.  The port is written to ROOT/port, requests to ROOT/log.

Faults: a number (that status; 429:1 with Retry-After), drop:N (the connection ends after N bytes),
drip (a few bytes, then nothing), expire (403, the token is over), html, empty, short:N (a length that is N less
than the file), long:N (N more), norange (200 though a part was asked for), nothing (no answer), redirect, loop, to:URL, nolength,
badrange (a part from elsewhere), weak (no ETag and no date), chunk."""

import hashlib
import http.server
import json
import os
import pathlib
import socketserver
import ssl
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(sys.argv[1])
LOCK = threading.Lock()
TAKEN = {}   # faults taken, by list
TOKENS = {}  # uses of each link
STALE = set()


class Portal(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    scheme = "http"
    proxy = False

    def log_message(self, format, *args):
        pass

    def note(self, what):
        with LOCK, open(ROOT / "log", "a", encoding="utf-8") as log:
            log.write(what + "\n")

    def known(self):
        return json.loads((ROOT / "portal.json").read_text(encoding="utf-8"))

    def resources(self):
        return [r for p in self.known().get("packages", {}).values() for r in p]

    def next_fault(self, key, faults):
        with LOCK:
            at = TAKEN.get(key, 0)
            TAKEN[key] = at + 1
        return faults[at] if at < len(faults) else ""

    def base(self):
        return "%s://%s" % (self.scheme, self.headers.get("Host"))

    def answer(self, code, body=b"", **fields):
        self.send_response(code)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.close_connection = True

    def answer_json(self, value):
        self.answer(200, json.dumps({"help": "?", "success": True, "result": value}).encode(),
                    Content_Type="application/json")

    def fault_of_number(self, fault):
        code, _, after = fault.partition(":")
        self.answer(int(code), b"not now", **({"Retry_After": after} if after else {}))

    def do_HEAD(self):
        self.do_GET()

    def do_CONNECT(self):
        self.answer(405)

    def do_GET(self):
        if self.path.startswith("http://"):
            return self.forward()
        if self.proxy:
            return self.answer(400, b"this is a proxy")
        self.note("%s %s range=%s" % (self.command, self.path, self.headers.get("Range", "-")))
        parts = urllib.parse.urlsplit(self.path)
        query = urllib.parse.parse_qs(parts.query)
        if parts.path.endswith("/package_show"):
            return self.package_show(query["id"][0])
        if parts.path.endswith("/resource_show"):
            return self.resource_show(query["id"][0])
        if parts.path.startswith("/signed/"):
            return self.signed(parts.path[8:], query)
        if parts.path.startswith("/plain/"):
            return self.plain(parts.path[7:])
        page = self.known().get("pages", {}).get(parts.path)
        return self.answer(200, page.encode(), Content_Type="text/html") if page else self.answer(404)

    def forward(self):
        self.note("PROXY " + self.path)
        headers = {k: v for k, v in self.headers.items() if k in ("Range", "If-Range")}
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(urllib.request.Request(self.path, headers=headers)) as answer:
                self.answer(answer.status, answer.read())
        except urllib.error.HTTPError as error:
            self.answer(error.code)

    def described(self, resource, links):
        out = {k: resource[k] for k in ("name", "last_modified", "created", "size", "hash") if k in resource}
        out["id"] = "id-" + resource["name"]
        out["url"] = "%s/plain/%s" % (self.base(), resource["name"]) + (".csv" if not resource.get("plain_zip") else ".zip")
        if links and resource.get("zip"):
            token = "%d" % time.monotonic_ns()
            TOKENS[token] = 0
            out["zip_url"] = "%s/signed/%s?token=%s" % (self.base(), resource["name"], token)
        return out

    def package_show(self, name):
        fault = self.next_fault("package", self.known().get("api_faults", []))
        if fault == "html":
            return self.answer(200, b"<html>sign in</html>")
        if fault:
            return self.fault_of_number(fault)
        package = self.known()["packages"].get(name)
        if package is None:
            return self.answer(404, b'{"success": false}')
        return self.answer_json({"result": {"resources": [self.described(r, False) for r in package]}})

    def find(self, name):
        return next((r for r in self.resources() if name in (r["name"], "id-" + r["name"])), None)

    def resource_show(self, name):
        resource = self.find(name)
        if resource is None or (resource.get("by_name") and name.startswith("id-")):
            return self.answer(404, b'{"success": false}')
        fault = self.next_fault("api " + resource["name"], resource.get("api_faults", []))
        if fault:
            return self.fault_of_number(fault)
        return self.answer_json({"result": self.described(resource, True)})

    def signed(self, name, query):
        resource = self.find(name)
        token = query.get("token", [""])[0]
        if resource is None or token not in TOKENS or token in STALE:
            return self.answer(403, b"<Error>Request has expired</Error>")
        TOKENS[token] += 1
        if resource.get("uses") and TOKENS[token] > resource["uses"]:
            return self.answer(403, b"<Error>Request has expired</Error>")
        return self.file(resource, token)

    def plain(self, name):
        resource = self.find(name.rsplit(".", 1)[0])
        if resource is not None:
            return self.file(resource, "")
        path = ROOT / "files" / os.path.basename(name)
        return self.answer(200, path.read_bytes()) if path.exists() else self.answer(404)

    def file(self, resource, token):
        fault = "" if self.command == "HEAD" else self.next_fault(resource["name"], resource.get("faults", []))
        bytes = (ROOT / "files" / resource["file"]).read_bytes()
        kind, _, number = fault.partition(":")
        if kind.isdigit():
            return self.fault_of_number(fault)
        if kind == "expire":
            STALE.add(token)
            return self.answer(403, b"<Error>Request has expired</Error>")
        if kind == "html":
            return self.answer(200, b"<!DOCTYPE html><html>You must sign in</html>\n")
        if kind == "json":
            return self.answer(200, b'{"error": "no"}\n')
        if kind == "empty":
            return self.answer(200)
        if kind == "nothing":
            self.close_connection = True
            return None
        if kind == "redirect":
            return self.answer(302, Location="%s/plain/%s.csv" % (self.base(), resource["name"]))
        if kind == "loop":
            return self.answer(302, Location=self.base() + self.path)
        if kind == "to":
            return self.answer(302, Location=number.replace("|", ":"))
        return self.send_file(resource, bytes, kind, int(number or 0))

    def start_of(self, bytes, etag, kind):
        asked = self.headers.get("Range", "")
        condition = self.headers.get("If-Range", "")
        if not asked.startswith("bytes=") or kind == "norange" or (condition and condition != etag):
            return 0, False
        return int(asked[6:].split("-")[0]), True

    def send_file(self, resource, bytes, kind, number):
        etag = '"%s"' % hashlib.md5(bytes).hexdigest()
        start, part = self.start_of(bytes, etag, kind)
        if start >= len(bytes) and part:
            return self.answer(416, Content_Range="bytes */%d" % len(bytes))
        if kind == "badrange":
            start = 0
        body = bytes[start:]
        length = len(body) - number if kind == "short" else len(body) + number if kind == "long" else len(body)
        self.send_response(206 if part else 200)
        if part:
            self.send_header("Content-Range", "bytes %d-%d/%d" % (start, len(bytes) - 1, len(bytes)))
        if kind != "nolength":
            self.send_header("Content-Length", str(length))
        if kind != "weak" and not resource.get("weak"):
            self.send_header("ETag", etag)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return None
        self.wfile.write(body[:number] if kind in ("drop", "drip") else body[:max(length, 0)])
        self.wfile.flush()
        if kind == "drip":
            for at in range(number, number + 200):
                time.sleep(0.1)
                self.wfile.write(body[at:at + 1])
                self.wfile.flush()
        return None


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # who hangs up is what the tests want


def main():
    options = sys.argv[2:]
    server = Server(("127.0.0.1", 0), Portal)
    if options[:1] == ["--tls"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options[1], options[2])
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Portal.scheme = "https"
    Portal.proxy = "--proxy" in options
    port = ROOT / ("proxy-port" if Portal.proxy else "port")
    port.with_suffix(".tmp").write_text(str(server.server_port), encoding="utf-8")
    port.with_suffix(".tmp").rename(port)
    server.serve_forever()


if __name__ == "__main__":
    main()
