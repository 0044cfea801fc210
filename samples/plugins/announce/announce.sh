#!/bin/sh
# A hook in shell: minidock run --hook announce,file=/var/log/containers.txt IMAGE
set -eu
read -r request
field() { printf '%s' "$request" | sed -n "s|.*\"$1\":\"\([^\"]*\)\".*|\1|p"; }

case $(field op) in
hook.precreate)
    # Nothing is to be changed yet: only what the container gets is told.
    echo '{"ok":true,"result":{"adjust":{"env":{"WATCHED_BY":"announce"},"labels":{"announced":"yes"}}}}' ;;
hook.poststart | hook.prestop | hook.poststop)
    name=$(printf '%s' "$request" | sed -n 's|.*"container":{[^}]*"name":"\([^"]*\)".*|\1|p')
    echo "$(field op | cut -d. -f2) $name" >> "$(field file)"
    echo '{"ok":true}' ;;
*)
    echo '{"ok":false,"error":{"code":"ENOTSUP","message":"operation not known"}}' ;;
esac
