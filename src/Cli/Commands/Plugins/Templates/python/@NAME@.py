#!/usr/bin/python3
"""A request a line on standard input, a reply a line on descriptor 3. What is printed is shown when something fails."""
import json
import os
import sys


def attach(request):
    size = request["options"].get("size", "16m")
    return {"mounts": [{"type": "tmpfs", "source": "@NAME@", "flags": ["nosuid", "nodev"], "data": f"mode=755,size={size}"}]}


def detach(request):
    # Called also when attach failed or was cut short, and more than once: nothing to put away is no error.
    return {}


OPERATIONS = {"storage.attach": attach, "storage.detach": detach}


def answer(request):
    operation = OPERATIONS.get(request["op"])
    if operation is None:
        return {"ok": False, "error": {"code": "ENOTSUP", "message": "operation not known"}}
    try:
        return {"ok": True, "result": operation(request)}
    except Exception as error:
        return {"ok": False, "error": {"code": "EIO", "message": str(error)}}


replies = os.fdopen(3, "w", buffering=1)
for line in sys.stdin:
    request = json.loads(line)
    replies.write(json.dumps({"id": request["id"], **answer(request)}) + "\n")
