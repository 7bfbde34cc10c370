# The switch, the health check, and the way back: the same for a new release and an old one.

# Makes `to` live in place of `from` and answers for the verb: `published` or `rolled_back`, or how it went wrong. Nothing is
# put back across an irreversible migration, nor where there is nothing to go back to: then a person must decide.
activate() {
  local from=$1 to=$2 success=$3 started=${EPOCHREALTIME/./} switch_us
  if [[ $live != "$to" ]]; then
    if ! switch_to "$to"; then
      journal_after "${verb}_failed" "$to" "$from" switch_failed
      refuse switch_failed 'The link could not be replaced; what is live has not changed.'
    fi
    live=$to
  fi
  switch_us=$((${EPOCHREALTIME/./} - started))
  journal_after switched "$to" "$from"
  if run_hook reload "$to" && is_healthy "$to"; then
    journal_after "${verb}_done" "$to" "$from"
    prune
    report "$success" "$to is live." "$from" "$to" switch_us "$switch_us" health "\"$health\"" dependencies "\"${dependencies-}\""
  fi
  show_log "$to"
  go_back "$from" "$to"
}

# After a failed health check: puts `from` back where that is possible and helps, and answers.
go_back() {
  local from=$1 to=$2
  if [[ -z $from ]]; then
    journal_after "${verb}_unhealthy" "$to" '' no_previous
    report no_previous "$to is not healthy, and there is nothing to go back to: it stays." '' "$to"
  fi
  irreversible_between "$to" "$from"
  if [[ -n $crossed ]]; then
    journal_after "${verb}_unhealthy" "$to" "$from" health_failed_irreversible
    report health_failed_irreversible "$to is not healthy, but has migrated irreversibly ($crossed): it stays, somebody must look." "$from" "$to"
  fi
  if ! switch_to "$from"; then
    journal_after "${verb}_unhealthy" "$to" "$from" switch_failed
    report switch_failed "$to is not healthy and $from could not be put back." "$from" "$to"
  fi
  live=$from
  if run_hook reload "$from" && is_healthy "$from"; then
    journal_after "${verb}_unhealthy" "$to" "$from" health_failed_reverted
    report health_failed_reverted "$to was not healthy; $from is live again." "$from" "$to"
  fi
  show_log "$from"
  journal_after "${verb}_unhealthy" "$to" "$from" revert_unhealthy
  report revert_unhealthy "$to was not healthy, and $from, live again, is not either: the cause lies outside the release." "$from" "$to"
}

# Answers with what is live now and the journal's head.
report() {
  local outcome=$1 message=$2 from=$3 to=$4 live_json from_json
  shift 4
  json_text "${live:-none}" && live_json=$REPLY
  json_text_or_null "$from" && from_json=$REPLY
  journal_head
  answer "$outcome" "$message" release "\"$to\"" current "$live_json" replaced "$from_json" journal_head "\"$REPLY\"" "$@"
}

# Says in the journal that an earlier change was killed before its end, and what that left live.
note_interruption() {
  [[ -n $unfinished ]] || return 0
  journal_after interrupted "$unfinished" "$live" "$unfinished_verb"
  unfinished=''
}
