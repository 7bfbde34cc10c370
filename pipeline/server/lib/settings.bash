# The settings of a server: BASE/.relctl/config, lines of key=value; never run as code.

declare -gA settings

# Fills `settings` with the defaults and what the file says. An unknown key or a value that does not fit is `usage`: a
# misspelt setting must not be taken for a default.
read_settings() {
  settings=(
    [keep]=5                # activated releases kept for rollback
    [dependencies]=auto     # auto, none, or words of: composer npm pnpm
    [dependencies_timeout_s]=600
    [shared]=''             # paths linked into a release; empty: every top-level entry of shared/
    [health_url]=''         # http:// address on this host whose body names the release; the hook `health` goes before it
    [health_host]=''        # the Host header for health_url
    [health_successes]=3    # good answers in a row
    [health_deadline_s]=60
    [health_pause_s]=1
    [hook_timeout_s]=120
    [migrate_timeout_s]=600
    [min_free_kb]=102400
    [lock_wait_s]=1
    [incoming_hours]=2      # an upload untouched for longer is removed
    [path]=''               # put before PATH, for composer, npm and pnpm
  )
  local line key value
  if [[ -f $state/config ]]; then
    while IFS= read -r line || [[ -n $line ]]; do
      [[ -z $line || $line == \#* ]] && continue
      key=${line%%=*} value=${line#*=}
      [[ $line == *=* && -v settings[$key] ]] || refuse usage "There is no setting like this in $state/config: $line"
      settings[$key]=$value
    done <"$state/config"
  fi
  for key in keep dependencies_timeout_s health_successes hook_timeout_s migrate_timeout_s; do
    [[ ${settings[$key]} =~ ^[1-9][0-9]{0,8}$ ]] || refuse usage "The setting $key must be a whole number above 0."
  done
  for key in health_deadline_s min_free_kb lock_wait_s incoming_hours; do
    [[ ${settings[$key]} =~ ^(0|[1-9][0-9]{0,11})$ ]] || refuse usage "The setting $key must be a whole number."
  done
  [[ ${settings[health_pause_s]} =~ ^[0-9]{1,3}(\.[0-9]{1,3})?$ ]] || refuse usage 'The setting health_pause_s must be a number.'
  [[ -z ${settings[path]} ]] || export PATH="${settings[path]}:$PATH"
}

# Runs BASE/.relctl/hooks/<name> with the release's folder and id, its output in the release's log; no hook is success.
# Only the server's owner can write hooks. They do not inherit the lock, so that a daemon they start does not keep it.
run_hook() {
  local name=$1 id=$2 hook=$state/hooks/$1
  [[ -x $hook ]] || return 0
  (cd "$base/releases/$id" && exec timeout "${settings[hook_timeout_s]}" "$hook" "$base/releases/$id" "$id") \
    9>&- </dev/null >>"$state/log/$id.log" 2>&1
}

# The last lines of a release's log, for a person who reads the job.
show_log() {
  [[ -f $state/log/$1.log ]] && tail -n 20 "$state/log/$1.log" >&2 2>/dev/null
}
