# The answer of a script: one JSON line on stdout, the same facts as outputs of the step, and the exit code of the outcome.

# Every outcome of these scripts with its exit code; 64 and above, and 20 to 28, are relctl's and mean the same.
declare -gA exit_codes=(
  [planned]=0 [verified]=0 [reserved]=0 [reused]=0 [checked]=0 [dry_run]=0 [uploaded]=0
  [published]=0 [already_current]=0 [healthy_outside]=0 [not_checked_outside]=0
  [rolled_back]=0 [already_live]=0
  [held_now]=0 [already_held]=0 [released]=0 [not_held]=0 [not_needed]=0
  [frozen_now]=0 [unfrozen]=0 [not_frozen]=0
  [record_closed]=0 [nothing_open]=0 [written]=0
  [delivered]=0 [not_delivered]=0 [not_configured]=0
  [disk_low]=28
  [wrong_ref]=30
  [moved]=31
  [unknown_version]=32
  [held]=33
  [unknown_environment]=34
  [superseded]=35
  [not_on_branch]=36
  [rolled_back_since]=37
  [stale_run]=38
  [build_failed]=40
  [bad_release]=41
  [shallow]=45
  [version_collision]=46
  [secret_missing]=50
  [host_key_changed]=51
  [server_unreachable]=52
  [upload_failed]=53
  [unhealthy_outside_reverted]=54
  [unhealthy_outside]=55
  [wrong_server]=56
  [outcome_unknown]=57
  [github_refused]=60
  [usage]=64
  [no_such_release]=66
  [stale_expectation]=76
  [frozen]=77
)

facts=()

# Adds something to the answer. It becomes one line: no value can add an output of its own.
fact() {
  facts+=("$1" "${2//[[:cntrl:]]/ }")
}

# Ends the script with an outcome of the table. One that is no success is told to the person as well, and to `on_refusal`
# where the script has such a function.
answer() {
  end "${exit_codes[$1]}" "$1" "$2"
}

# As `answer`, with the exit code: for what relctl said.
end() {
  local code=$1 outcome=$2 message=${3//[[:cntrl:]]/ } line index
  facts+=(message "$message")
  line="{\"script\":\"$script\",\"outcome\":\"$outcome\",\"code\":$code"
  for ((index = 0; index < ${#facts[@]}; index += 2)); do
    json_text "${facts[index + 1]}"
    line+=",\"${facts[index]}\":$REPLY"
  done
  printf '%s}\n' "$line"
  if [[ -n ${GITHUB_OUTPUT-} ]]; then
    printf 'outcome=%s\n' "$outcome" >>"$GITHUB_OUTPUT"
    for ((index = 0; index < ${#facts[@]}; index += 2)); do
      printf '%s=%s\n' "${facts[index]}" "${facts[index + 1]}" >>"$GITHUB_OUTPUT"
    done
  fi
  if ((code != 0)); then
    printf '::error title=%s::%s\n' "$outcome" "${message//%/%25}" >&2
    markdown_text "$message"
    summary "**Stopped: \`$outcome\` ($code).** $REPLY"
    if declare -F on_refusal >/dev/null; then on_refusal "$outcome" "$message"; fi
  fi
  exit "$code"
}

# Tells the person who reads the job something that stops nothing.
warn() {
  local message=${1//[[:cntrl:]]/ }
  printf '::warning::%s\n' "${message//%/%25}" >&2
}

# Adds a paragraph to the run's summary page. Text of others must go through `markdown_text`.
summary() {
  [[ -z ${GITHUB_STEP_SUMMARY-} ]] || printf '%s\n\n' "$1" >>"$GITHUB_STEP_SUMMARY"
}

# Sets `REPLY` to the text with everything that Markdown and HTML read as more than text taken out of effect.
markdown_text() {
  REPLY=${1//[[:cntrl:]]/ }
  REPLY=${REPLY//&/'&amp;'}
  REPLY=${REPLY//</'&lt;'}
  local mark
  for mark in '\' '`' '*' '_' '[' ']' '|' '~' '@'; do REPLY=${REPLY//"$mark"/\\"$mark"}; done
}

# Passes lines of another program on to stderr, so that none of them can be a command to the runner.
quote_lines() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    printf '  | %s\n' "${line//[[:cntrl:]]/ }" >&2
  done
}

# Sets `REPLY` to the text as a JSON string.
json_text() {
  local text=${1//[[:cntrl:]]/ }
  text=${text//\\/\\\\}
  REPLY="\"${text//\"/\\\"}\""
}
