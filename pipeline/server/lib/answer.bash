# The answer of a verb: one JSON line, and the exit code of its outcome.

# Every outcome with its exit code. A person finds the same table in docs/pipeline.md, "Exit codes".
declare -gA exit_codes=(
  [ok]=0 [published]=0 [already_current]=0 [rolled_back]=0 [already_live]=0
  [frozen_now]=0 [unfrozen]=0 [not_frozen]=0 [journal_intact]=0
  [journal_broken]=1
  [health_failed_reverted]=20 [revert_unhealthy]=21 [no_previous]=22 [health_failed_irreversible]=23
  [disk_low]=28
  [usage]=64
  [manifest_mismatch]=65
  [no_such_release]=66
  [no_upload]=67
  [already_published]=68
  [not_atomic]=69
  [deps_failed]=70
  [migration_failed]=71
  [switch_failed]=72
  [shared_conflict]=73
  [journal_unwritable]=74
  [locked]=75
  [stale_expectation]=76
  [frozen]=77
  [never_activated]=78
  [crosses_irreversible_migration]=79
  [forbidden]=80
)

# Sets `REPLY` to the text as a JSON string. Control characters become spaces: no answer needs them.
json_text() {
  local text=${1//[[:cntrl:]]/ }
  text=${text//\\/\\\\}
  REPLY="\"${text//\"/\\\"}\""
}

# Sets `REPLY` to the text as a JSON string, or to null when it is empty.
json_text_or_null() {
  if [[ -n $1 ]]; then json_text "$1"; else REPLY=null; fi
}

# Prints the answer and ends the process with the outcome's code. Further arguments are pairs: a key, and a value that is
# JSON already. A reader that has gone away changes nothing.
answer() {
  local outcome=$1 message=$2 code=${exit_codes[$1]} line
  shift 2
  json_text "${verb-}"
  line="{\"verb\":$REPLY,\"outcome\":\"$outcome\",\"code\":$code"
  while (($# >= 2)); do
    line+=",\"$1\":$2"
    shift 2
  done
  json_text "$message"
  printf '%s,"message":%s}\n' "$line" "$REPLY" 2>/dev/null
  exit "$code"
}

# As `answer`, for an outcome that changed nothing.
refuse() {
  answer "$@"
}

# Whether the text can name a release.
is_release_id() {
  [[ $1 =~ ^[0-9A-Za-z][0-9A-Za-z._+-]{0,99}$ && $1 != *..* && $1 != none && $1 != any ]]
}
