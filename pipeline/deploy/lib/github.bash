# GitHub's REST API.

# github METHOD PATH [BODY]: sets `status` (000: no answer) and `body`; succeeds for 2xx. The path is below the repository.
# Only reading is tried again: what was sent may have been done.
github() {
  local method=$1 path=$2 tries=1
  [[ $method != GET ]] || tries=3
  while :; do
    github_once "$method" "$path" "${3-}"
    [[ $status == 2?? ]] && return 0
    ((--tries > 0)) && [[ $status == 000 || $status == 429 || $status == 5?? ]] || return 1
    sleep "${RETRY_PAUSE_S:-5}"
  done
}

# The token goes in by a file descriptor: arguments can be read by every process of the machine.
github_once() {
  local -a send=()
  [[ -z $3 ]] || send=(-H 'Content-Type: application/json' --data-binary @-)
  status=$(curl -sS -X "$1" --connect-timeout 10 --max-time 30 -o "$scratch/body" -w '%{http_code}' \
    -H @<(printf 'Authorization: Bearer %s\n' "${GITHUB_TOKEN-}") -H 'Accept: application/vnd.github+json' -H 'X-GitHub-Api-Version: 2022-11-28' \
    "${send[@]}" "${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY/$2" <<<"$3" 2> >(quote_lines)) || status=000
  body=''
  [[ $status == 000 || ! -f $scratch/body ]] || body=$(<"$scratch/body")
}

# Sets `REPLY` to what GitHub said, for a message.
github_words() {
  REPLY=$(jq -r '.message // empty' <<<"$body" 2>/dev/null)
  REPLY="GitHub answered $status${REPLY:+: $REPLY}"
  [[ $status != 000 ]] || REPLY='GitHub did not answer'
}

# Ends with `github_refused`. The first words say what for.
github_refusal() {
  github_words
  answer github_refused "$1: $REPLY."
}
