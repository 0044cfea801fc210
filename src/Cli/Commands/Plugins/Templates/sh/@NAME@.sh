#!/bin/sh
# One request on standard input, one reply on standard output. What goes to standard error is shown when something fails.
read -r request
field() { printf '%s' "$request" | sed -n "s|.*\"$1\":\"\([^\"]*\)\".*|\1|p"; }

case $(field op) in
storage.attach)
    size=$(field size)
    echo '{"ok":true,"result":{"mounts":[{"type":"tmpfs","source":"@NAME@","flags":["nosuid","nodev"],"data":"mode=755,size='"${size:-16m}"'"}]}}' ;;
storage.detach)
    # Called also when attach failed or was cut short, and more than once: nothing to put away is no error.
    echo '{"ok":true}' ;;
*)
    echo '{"ok":false,"error":{"code":"ENOTSUP","message":"operation not known"}}' ;;
esac
