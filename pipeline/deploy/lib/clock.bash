# The time. NOW, an ISO time, replaces the clock in tests.

# Sets `now_s`, seconds since 1970.
read_now() {
  now_s=$EPOCHSECONDS
  [[ -z ${NOW-} ]] || now_s=$(date -u -d "$NOW" +%s)
}

# Sets `REPLY` to seconds since 1970 as an ISO time.
iso_time() {
  REPLY=$(date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ)
}

# Sets `REPLY` to an ISO time as seconds since 1970; fails when it is none.
seconds_of() {
  [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$ ]] && REPLY=$(date -u -d "$1" +%s 2>/dev/null)
}
