# What a run was asked for. Everything may come from anybody who can start a run, so each value must match its pattern.

# Ends with `usage` unless the values that are set have their form.
require_request() {
  [[ -z ${VERSION-} ]] || is_version "$VERSION" || is_branch_name "$VERSION" ||
    answer usage 'The version is a tag, a commit, a release id or the branch of the environment.'
  [[ -z ${EXPECTED_SHA-} || $EXPECTED_SHA =~ ^[0-9a-f]{40}$ ]] || answer usage 'expected_sha is a whole commit id: 40 digits and letters a to f.'
  [[ -z ${EXPECTED_CURRENT-} ]] || is_version "$EXPECTED_CURRENT" || answer usage 'expected_current is a release id, a tag or a commit.'
  [[ ${CORRELATION_ID-} =~ ^[0-9A-Za-z._:-]{0,100}$ ]] || answer usage 'correlation_id has letters, digits and - . _ : only.'
  ((${#REASON} <= 2000)) || answer usage 'The reason is too long: 2000 characters at most.'
}

# Ends with `wrong_ref` unless a dispatch runs on the default branch: elsewhere old scripts would run. A push must be one to
# the environment's own branch.
require_ref() {
  local wanted=${DEFAULT_BRANCH-}
  [[ ${GITHUB_EVENT_NAME-} != push ]] || wanted=$branch
  [[ -n $wanted && ${GITHUB_REF-} == "refs/heads/$wanted" ]] ||
    answer wrong_ref "This must run on the branch $wanted, not on ${GITHUB_REF-}."
}

# A tag, a commit or a release id; also "none" and "any".
is_version() {
  [[ $1 =~ ^[0-9A-Za-z][0-9A-Za-z._+-]{0,99}$ && $1 != *..* ]]
}

is_commit() {
  [[ $1 =~ ^[0-9a-f]{7,40}$ ]]
}

# Sets `REPLY` to who started this run, in characters that may go to the server.
actor_word() {
  REPLY=${GITHUB_ACTOR-}
  REPLY=${REPLY//[^0-9A-Za-z-]/}
}

# A re-run or an approval may come days later, when the world is another one.
readonly fresh_s=86400

# Ends with `stale_run` when a time lies more than a day back.
require_fresh() {
  seconds_of "$1" || answer usage "$2 is no time: $1"
  read_now
  ((now_s - REPLY <= fresh_s)) || answer stale_run "$2 was more than 24 hours ago. Start a new run, so that everything is looked at again."
}
