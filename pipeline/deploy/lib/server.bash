# The server, by ssh. The deploy key can only upload releases and call relctl there.

# Writes down how to reach the server. Ends with `secret_missing` and the names of what is empty: an unknown secret is an
# empty text in Actions, not an error.
open_server() {
  local name missing=()
  for name in DEPLOY_SSH_KEY DEPLOY_HOST DEPLOY_USER DEPLOY_KNOWN_HOSTS; do
    [[ -n ${!name-} ]] || missing+=("$name")
  done
  ((${#missing[@]} == 0)) || answer secret_missing "The environment $environment lacks: ${missing[*]}."
  [[ $DEPLOY_HOST =~ ^[0-9A-Za-z:][0-9A-Za-z.:-]{0,252}$ ]] || answer usage 'DEPLOY_HOST is no host name or address.'
  [[ $DEPLOY_USER =~ ^[0-9A-Za-z_][0-9A-Za-z_.-]{0,31}$ ]] || answer usage 'DEPLOY_USER is no name of a user.'
  [[ ${DEPLOY_PORT:=22} =~ ^[0-9]{1,5}$ ]] || answer usage 'DEPLOY_PORT is no number.'
  (umask 077 && printf '%s\n' "${DEPLOY_SSH_KEY//$'\r'/}" >"$scratch/key" && printf '%s\n' "$DEPLOY_KNOWN_HOSTS" >"$scratch/known_hosts")
  unset DEPLOY_SSH_KEY
  cat >"$scratch/ssh_config" <<END
Host server
  HostName $DEPLOY_HOST
  Port $DEPLOY_PORT
  User $DEPLOY_USER
  IdentityFile "$scratch/key"
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile "$scratch/known_hosts"
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  UpdateHostKeys no
  BatchMode yes
  ConnectTimeout 15
  ServerAliveInterval 15
  ServerAliveCountMax 4
  ForwardAgent no
  ClearAllForwardings yes
END
}

# ask SECONDS WORDS…: calls relctl. Sets `reply` to its line, empty when none came, and shows what it said besides.
ask() {
  local limit=$1
  shift
  timeout -k 5 "$limit" ssh -F "$scratch/ssh_config" server relctl "$*" </dev/null >"$scratch/reply" 2>"$scratch/ssh_words"
  quote_lines <"$scratch/ssh_words"
  reply=$(tail -n 1 "$scratch/reply")
  read_reply
}

# Reads `reply` into `fields`; empties it when it is no answer of relctl.
declare -gA fields=()
read_reply() {
  local key value
  fields=()
  while IFS=$'\t' read -r key value; do fields[$key]=$value; done < <(jq -r '
    select((.outcome | type == "string") and (.code | type == "number"))
    | to_entries[] | select(.value != null) | "\(.key)\t\(.value | tostring | gsub("[[:cntrl:]]"; " "))"' <<<"$reply" 2>/dev/null)
  [[ -n ${fields[outcome]-} ]] || reply=''
}

# Prints a field of the reply; nothing when it is missing or null.
told() {
  printf '%s' "${fields[$1]-}"
}

# Ends with what relctl answered, its exit code unchanged.
pass_on() {
  end "$(told code)" "$(told outcome)" "$(told message)"
}

# Ends with `host_key_changed` or, for any other reason, `server_unreachable`. Which of the two only ssh's words say: its exit
# code is 255 for both.
refuse_unreachable() {
  require_known_host
  local words
  words=$(tail -n 2 "$scratch/ssh_words" | tr '\n' ' ')
  answer server_unreachable "The server gives no answer: ${words:-relctl status took too long.}"
}

require_known_host() {
  grep -qE 'Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED' "$scratch/ssh_words" || return 0
  answer host_key_changed 'The server shows a host key that is not in DEPLOY_KNOWN_HOSTS. Find out why before you change the variable.'
}

# Sets `reply` to the server's status. A network may fail for an instant, a wrong host key not.
probe() {
  local tries=3
  while :; do
    ask 60 status
    [[ -n $reply ]] && break
    require_known_host
    ((--tries > 0)) || refuse_unreachable
    sleep "${RETRY_PAUSE_S:-5}"
  done
  [[ $(told code) == 0 ]] || pass_on
}

# change SUCCESS WORDS…: asks for a change to `release_id`, whose success is called SUCCESS, and sets `reply`. Where somebody
# else holds the lock it waits a little; where the connection dies it finds out what became of the change, since the server
# goes on without us.
change() {
  local success=$1 rounds=6 repeated=''
  shift
  while :; do
    ask 1500 "$@"
    if [[ -z $reply ]]; then
      require_known_host
      settle "$success" && return 0
      [[ -z $repeated ]] && repeated=yes && continue
      answer outcome_unknown "The connection broke, and the server does not say that $release_id is live. Ask it: relctl status."
    fi
    [[ $(told outcome) == locked ]] && ((--rounds > 0)) || return 0
    printf 'Waiting for the lock: %s\n' "$(told holder)" | quote_lines
    sleep "${RETRY_PAUSE_S:-5}"
  done
}

# After a broken connection: waits while the change is under way. Succeeds when the release is live and proved healthy, with
# `fields` as the change itself would have answered. Fails when the change was cut off in the middle: asking for the same again
# finishes it. In any other case ends with `outcome_unknown`.
settle() {
  local rounds=60 current
  while ((rounds-- > 0)); do
    ask 60 status
    if [[ -z $reply || $(told locked) == true ]]; then
      sleep "${RETRY_PAUSE_S:-5}"
      continue
    fi
    current=$(told current)
    [[ -z $(told unfinished) ]] || return 1
    if [[ $current == "$release_id" && $(told confirmed) == true ]]; then
      fields[outcome]=$1 fields[message]="$current is live; the answer itself was lost."
      return 0
    fi
    break
  done
  fact current "${current-}"
  answer outcome_unknown "The connection broke, and $release_id is not live: ${current:+live is $current}. Look at the server's log of this release."
}
