# What a deploy and a rollback have in common when they reach the server: looking at it first, and being sure who is live.

# Looks at the server, and ends where it is another environment's, or where this run was planned too long ago. Sets `live`,
# empty when nothing is, and leaves the status in `reply`.
look_at_server() {
  local sent
  require_fresh "${PLANNED_AT-}" 'The plan of this run'
  open_server
  sent=$EPOCHSECONDS
  probe
  require_right_server
  live=$(told current)
  fact live "$live"
  if split_release_id "$live"; then fact live_version "$id_version"; else fact live_version ''; fi
  measure_clock "$sent"
}

# Ends with `wrong_server` where the status says that this is another environment's.
require_right_server() {
  local theirs
  theirs=$(told environment)
  [[ -z $theirs || $theirs == "$environment" ]] ||
    answer wrong_server "This server says that it is $theirs, not $environment. Look at DEPLOY_HOST and DEPLOY_USER of the environment."
}

# Sets `clock_offset_s`, by how much the server's clock is surely ahead of ours: its answer was written between our question and now.
measure_clock() {
  clock_offset_s=0
  seconds_of "$(told time)" || return 0
  if ((REPLY < $1 - 1)); then clock_offset_s=$((REPLY - $1)); elif ((REPLY > EPOCHSECONDS + 1)); then clock_offset_s=$((REPLY - EPOCHSECONDS)); fi
  fact clock_offset_s "$clock_offset_s"
}

# Ends with `stale_expectation` unless what is live is what the person saw: a release id, a version, a commit, "none" or "any".
require_expected() {
  local expected=${EXPECTED_CURRENT-} commit
  [[ -z $expected || $expected == any || $expected == "${live:-none}" ]] && return 0
  [[ -n $live ]] && names_release "$live" "$expected" && return 0
  commit=$(git rev-parse -q --verify "refs/tags/$expected^{commit}") && [[ -n $live ]] && names_release "$live" "$commit" && return 0
  answer stale_expectation "Live is ${live:-nothing}, not $expected. Somebody was here in between: look, then ask again."
}

# Sets `who` to the words that name this run in the server's journal.
name_run() {
  actor_word
  who=(by="${REPLY:-unknown}" run="$GITHUB_RUN_ID.$GITHUB_RUN_ATTEMPT")
}

# What a later step must be given, or ends with `usage`.
require_ids() {
  release_id=${RELEASE_ID-} live=${LIVE-} deployment_id=${DEPLOYMENT_ID-}
  is_version "$release_id" || answer usage 'RELEASE_ID is no release id.'
  [[ -z $live ]] || is_version "$live" || answer usage 'LIVE is no release id.'
}

# Notes what the server answered to a change, for the report.
note_change() {
  fact current "$(told current)"
  fact journal_head "$(told journal_head)"
  fact switch_us "$(told switch_us)"
}
