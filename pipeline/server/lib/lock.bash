# One change at a time. The kernel drops the lock when the last process that holds it ends; there is nothing to clean up.

# Takes the lock for the rest of this process, or ends with `locked` and who holds it. From here on a client that goes away
# does not stop the work.
take_lock() {
  exec 9>>"$state/lock" || refuse usage "$state/lock cannot be opened."
  if ! flock -w "${settings[lock_wait_s]}" 9; then
    read_holder
    refuse locked 'Another change is in progress.' holder "$REPLY"
  fi
  trap '' HUP PIPE
  trap 'rm -f "$state/holder"' EXIT
  local at who
  printf -v at '%(%Y-%m-%dT%H:%M:%SZ)T' -1
  json_text "${by-}" && who=$REPLY
  printf '{"pid":%d,"verb":"%s","release":"%s","since":"%s","by":%s}\n' $$ "$verb" "${1-}" "$at" "$who" >"$state/holder"
}

# Whether somebody holds the lock now. Asking takes it for an instant, which is why taking it waits a little.
is_locked() {
  [[ -e $state/lock ]] && ! flock -n -s "$state/lock" true
}

# Sets `REPLY` to what the holder said about itself, as JSON.
read_holder() {
  REPLY=''
  [[ -f $state/holder ]] && IFS= read -r REPLY <"$state/holder"
  [[ $REPLY == \{*\} ]] || REPLY=null
}
