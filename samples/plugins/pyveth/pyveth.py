#!/usr/bin/python3
"""A network provider in Python: a veth pair for each attachment, routed by the host.

The host's end is named after the container, so that it is found again whatever was lost: detach needs no state.
"""
import json
import os
import subprocess
import sys

PREFIX = "pv"


class Refusal(Exception):
    """Told to the user as it is."""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refusal(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def host_end(request):
    return f"{PREFIX}{request['container']['id'][:8]}{request['network']['index']:x}"


def address_of(request):
    # Without a book of leases: the container's id gives the address, and the user may name another.
    digits = int(request["container"]["id"][:4], 16) + request["network"]["index"]
    return request["options"].get("ip") or f"10.99.{digits >> 8 & 255}.{max(2, digits & 254)}"


def attach(request):
    host, inside, address = host_end(request), request["network"]["interface"], address_of(request)
    gateway, mtu = "10.99.0.1", request["options"].get("mtu", "1500")
    enter = ("nsenter", f"--net={request.get('ns', {}).get('net', 'PID')}", "--")
    steps = [
        ("a cable, one end in the container", ("ip", "link", "add", host, "mtu", mtu, "type", "veth", "peer", "name", inside, "mtu", mtu, "netns", str(request["container"].get("pid", "PID")))),
        ("its end on the host", ("ip", "address", "add", f"{gateway}/32", "dev", host)),
        ("it carries", ("ip", "link", "set", host, "up")),
        ("the host reaches the container", ("ip", "route", "add", f"{address}/32", "dev", host)),
        ("its end inside", enter + ("ip", "address", "add", f"{address}/32", "dev", inside)),
        ("it carries too", enter + ("ip", "link", "set", inside, "up")),
        ("the container reaches the host", enter + ("ip", "route", "add", f"{gateway}/32", "dev", inside)),
    ]
    if request["network"]["defaultRoute"]:
        steps.append(("and all else by it", enter + ("ip", "route", "add", "default", "via", gateway)))
    if request["dryRun"]:
        return {"steps": [{"why": why, "shell": " ".join(command)} for why, command in steps]}
    for _, command in steps:
        run(*command)
    return {
        "interfaces": [{"name": host}, {"name": inside, "sandbox": request["ns"]["net"]}],
        "ips": [{"address": f"{address}/32", "gateway": gateway, "interface": 1}],
        "routes": [{"dst": "0.0.0.0/0", "gw": gateway}] if request["network"]["defaultRoute"] else [],
    }


def detach(request):
    subprocess.run(("ip", "link", "delete", host_end(request)), stderr=subprocess.DEVNULL)
    return {}


def check(request):
    run("ip", "link", "show", host_end(request))
    return {}


def collect(request):
    alive = {identity[:8] for identity in request.get("alive", [])}
    for link in json.loads(run("ip", "-json", "link", "show", "type", "veth")):
        if link["ifname"].startswith(PREFIX) and link["ifname"][len(PREFIX):len(PREFIX) + 8] not in alive:
            subprocess.run(("ip", "link", "delete", link["ifname"]), stderr=subprocess.DEVNULL)
    return {}


OPERATIONS = {"net.attach": attach, "net.detach": detach, "net.check": check, "net.gc": collect}


def answer(request):
    try:
        if request["op"] not in OPERATIONS:
            return {"ok": False, "error": {"code": "ENOTSUP", "message": f"operation {request['op']}: not known"}}
        return {"ok": True, "result": OPERATIONS[request["op"]](request)}
    except Refusal as refusal:
        return {"ok": False, "error": {"code": "EIO", "message": str(refusal)}}


def main():
    replies = os.fdopen(3, "w", buffering=1)
    for line in sys.stdin:
        request = json.loads(line)
        replies.write(json.dumps({"id": request["id"], **answer(request)}) + "\n")


main()
