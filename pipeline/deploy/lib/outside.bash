# Whether users get the new release: VERSION_URL, asked from here, must answer 200 and name the release or its version.

# Succeeds after some good answers in a row, fails when the time is over. There is always a first try. Sets `heard` to the
# last answer's status.
is_live_outside() {
  local good=0 deadline=$((SECONDS + ${OUTSIDE_DEADLINE_S:-60}))
  while :; do
    if answers_right; then
      ((++good >= ${OUTSIDE_SUCCESSES:-3})) && return 0
    else
      good=0
      ((SECONDS < deadline)) || return 1
    fi
    sleep "${OUTSIDE_PAUSE_S:-2}"
  done
}

answers_right() {
  local text
  heard=$(curl -sS -L --proto '=http,https' --proto-redir '=http,https' --max-redirs 3 --connect-timeout 5 --max-time 10 --max-filesize 1000000 \
    -H 'Cache-Control: no-cache' -o "$scratch/page" -w '%{http_code}' -- "$VERSION_URL" 2> >(quote_lines)) || return 1
  [[ $heard == 200 ]] || return 1
  text=$(tr -d '\0' <"$scratch/page")
  names_itself "$release_id" "$text" || names_itself "${VERSION-}" "$text" || names_itself "${VERSION#v}" "$text"
}

# Whether a name stands in a text by itself: v1.4.1 is not in v1.4.10, nor in v1.4.1-rc.2.
names_itself() {
  local name=${1//./\\.}
  name=${name//+/\\+}
  [[ -n $name ]] && grep -qE "(^|[^0-9A-Za-z._+-])$name(\$|[^0-9A-Za-z._+-])" <<<"$2"
}
