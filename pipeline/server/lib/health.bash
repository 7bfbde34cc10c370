# Whether a release works, asked on the server itself: the hook `health`, else the setting health_url.

# Succeeds after enough good answers in a row; fails when the deadline has passed and the last answer was a bad one. There is
# always a first try. Without a hook and an address there is nothing to ask, and `health` says so.
is_healthy() {
  local id=$1 good=0 deadline=$((SECONDS + settings[health_deadline_s]))
  health=checked
  [[ -x $state/hooks/health || -n ${settings[health_url]} ]] || { health=none; return 0; }
  while :; do
    if ask_health "$id"; then
      ((++good >= settings[health_successes])) && return 0
    else
      good=0
      ((SECONDS < deadline)) || return 1
    fi
    sleep "${settings[health_pause_s]}"
  done
}

ask_health() {
  if [[ -x $state/hooks/health ]]; then
    run_hook health "$1"
  else
    [[ ${settings[health_url]} =~ ^http://([A-Za-z0-9.-]+)(:([0-9]+))?(/[^[:space:]]*)?$ ]] || return 1
    http_names_release "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]:-80}" "${BASH_REMATCH[4]:-/}" "$1"
  fi
}

# One request over bash's own sockets: status 200, and the release's id in the body. HTTP/1.0, so that no chunk splits it.
http_names_release() {
  local host=$1 port=$2 path=$3 id=$4 reply
  # shellcheck disable=SC2016 # the inner shell expands these
  reply=$(timeout 5 bash -pc 'exec 3<>"/dev/tcp/$1/$2" && printf "GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n" "$3" "$4" >&3 && cat <&3' \
    _ "$host" "$port" "$path" "${settings[health_host]:-$host}" 9>&- 2>/dev/null | tr -d '\0')
  [[ $reply =~ ^HTTP/1\.[01]\ 200\  && ${reply#*$'\r\n\r\n'} == *"$id"* ]]
}
