# Slack, by a bot's token or an incoming webhook. It may be down, slow or unwilling: a deploy goes on all the same.

# call_slack METHOD BODY: asks the Web API; sets `answered`, and `why` when it did not work. Slack says "not ok" in the body
# of an answer 200. Only a 429 is tried again: anything else may have been posted.
call_slack() {
  [[ $SLACK_BOT_TOKEN =~ ^[0-9A-Za-z._-]+$ ]] || { why='SLACK_BOT_TOKEN is no token of Slack'; return 1; }
  post_to_slack "${SLACK_API_URL:-https://slack.com/api}/$1" "$2" "Authorization: Bearer $SLACK_BOT_TOKEN" || return 1
  [[ $(jq -r '.ok' <<<"$answered" 2>/dev/null) == true ]] && return 0
  why=$(jq -r '.error // empty | strings | .[0:100]' <<<"$answered" 2>/dev/null)
  why=${why:-'no answer of Slack'}
  return 1
}

# call_webhook BODY: posts; a webhook tells neither where nor when, so nothing can be edited or answered later.
call_webhook() {
  [[ $SLACK_WEBHOOK_URL =~ ^https://hooks\.slack(-gov)?\.com/[0-9A-Za-z/_-]+$ || $SLACK_WEBHOOK_URL =~ ^http://(127\.0\.0\.1|localhost):[0-9]+/[0-9A-Za-z/_-]+$ ]] ||
    { why='SLACK_WEBHOOK_URL is no address of Slack'; return 1; }
  post_to_slack "$SLACK_WEBHOOK_URL" "$1" 'Accept: */*'
}

# The address of a webhook is a secret as the token is: both go in by a file descriptor, not as arguments.
post_to_slack() {
  local tries=2 status wait_s
  while :; do
    status=$(curl -sS -K <(printf 'url = "%s"\nheader = "%s"\n' "$1" "$3") -H 'Content-Type: application/json; charset=utf-8' --data-binary @- \
      --connect-timeout 5 --max-time 10 -D "$scratch/headers" -o "$scratch/answer" -w '%{http_code}' <<<"$2" 2>/dev/null) || status=000
    answered=$(head -c 100000 "$scratch/answer" 2>/dev/null | tr -d '\0')
    [[ $status == 200 ]] && return 0
    why="HTTP $status"
    [[ $status != 000 ]] || why='no connection'
    [[ $status == 429 ]] && ((--tries > 0)) || return 1
    wait_s=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,6\}\).*/\1/p' "$scratch/headers" | tail -n 1)
    # A deploy's news is old after a quarter of a minute.
    ((${wait_s:=1} <= 15)) || return 1
    sleep "$wait_s"
  done
}
