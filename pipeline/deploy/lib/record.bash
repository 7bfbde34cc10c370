# GitHub's deployment record of a change: which commit and version is live where, and since when. Made here, because the one
# that GitHub makes by itself names the commit of the run, which for a rollback or an older version is not what was shipped.

# Makes the record and sets `deployment_id`; empty where the team leaves records to GitHub. Fails when GitHub refuses.
# $1: deploy or rollback; then commit, version, release id, and the release that was live.
open_record() {
  deployment_id=''
  [[ $records == own ]] || return 0
  local request
  request=$(jq -cn --arg task "$1" --arg sha "$2" --arg version "$3" --arg id "$4" --arg live "$5" \
    --arg environment "$environment" --argjson production "$production" --arg run "$GITHUB_RUN_ID" --arg attempt "$GITHUB_RUN_ATTEMPT" \
    --arg correlation "${CORRELATION_ID-}" --arg actor "${GITHUB_ACTOR-}" --arg reason "${REASON-}" '
    {ref: $sha, task: $task, auto_merge: false, required_contexts: [], environment: $environment, production_environment: $production,
     transient_environment: false, description: "\(if $task == "rollback" then "Roll back to" else "Deploy" end) \($version)"[0:140],
     payload: {version: $version, sha: $sha, release_id: $id, previous_release_id: (if $live == "" then null else $live end),
       run_id: ($run | tonumber), run_attempt: ($attempt | tonumber), correlation_id: $correlation, actor: $actor, reason: $reason[0:1000]}}')
  github POST deployments "$request" || return 1
  deployment_id=$(jq -r '.id | numbers' <<<"$body")
  record_status in_progress 'Under way'
}

# Sets `deployment_id` to the record that an earlier attempt of this run made of a release and never set to success; fails where
# there is none.
find_unfinished_record() {
  deployment_id=''
  [[ $records == own ]] && github GET "deployments?environment=$environment&per_page=30" || return 1
  deployment_id=$(jq -r --arg run "$GITHUB_RUN_ID" --arg id "$1" '
    [.[] | select(.payload | (if type == "string" then (fromjson? // {}) else . end) | (.run_id | tostring) == $run and .release_id == $id) | .id][0] // empty' <<<"$body")
  [[ -n $deployment_id ]] && github GET "deployments/$deployment_id/statuses?per_page=1" &&
    [[ $(jq -r '.[0].state // "pending"' <<<"$body") =~ ^(pending|queued|in_progress|error|failure)$ ]]
}

# Prints the ids of the records that this run made, of all its attempts, from the list in `body`; the newest first.
records_of_run() {
  jq -r --arg run "$GITHUB_RUN_ID" '
    .[] | select((.payload | if type == "string" then (fromjson? // {}) else . end | .run_id // empty | tostring) == $run) | .id' <<<"$body"
}

# Adds a status to the record `deployment_id`, where there is one. That GitHub does not take it stops nothing.
record_status() {
  [[ ${deployment_id-} =~ ^[0-9]+$ ]] || return 0
  local request
  request=$(jq -cn --arg state "$1" --arg text "$2" --arg log "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID" --arg url "${APP_URL-}" '
    {state: $state, description: $text[0:140], log_url: $log} + if $url | test("^https?://") then {environment_url: $url} else {} end')
  github POST "deployments/$deployment_id/statuses" "$request" && return 0
  github_words
  warn "The deployment record could not be set to $1: $REPLY."
}

# What `end` calls when a script of the ship job stops: the record says so too.
on_refusal() {
  record_status failure "$2"
}
