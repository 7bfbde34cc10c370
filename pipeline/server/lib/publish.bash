# publish <release-id> <expected>: an upload becomes what is live.

# Everything the caller checked is checked again, under the lock. Publishing what is live already is a success that does
# nothing; where an earlier process was killed between switch and health check, it finishes that.
publish_verb() {
  local id=${1-} expected=${2-}
  (($# == 2)) && is_release_id "$id" || refuse usage 'publish takes a release id and what is live now: its id, none or any.'
  is_release_id "$expected" || [[ $expected == none || $expected == any ]] || refuse usage 'What is live now is an id, none or any.'
  [[ -z $manifest_digest || $manifest_digest =~ ^[0-9a-f]{64}$ ]] || refuse usage 'manifest= is a SHA-256.'
  require_atomic_rename
  take_lock "$id"
  read_history
  read_live
  note_interruption
  [[ $live != "$id" ]] || confirm_live "$id"
  require_not_frozen
  require_expected "$expected"
  [[ ! -d $base/releases/$id || -z ${activated_at[$id]-} ]] ||
    refuse already_published "$id has been live before: roll back to it, or publish under a new id."
  require_space
  claim_upload "$id"
  require_manifest "$id"
  require_reversible "$state/checking/$id"
  journal publish_begin "$id" "$live" || refuse journal_unwritable 'The journal cannot be written; nothing was changed.'
  prepare "$id"
  activate "$live" "$id" published
}

# From the checked upload to a sealed release. The folder gets its final name first: tools write absolute paths.
prepare() {
  local id=$1
  remove_tree "$base/releases/$id"
  rename_over "$state/checking/$id" "$base/releases/$id" || fail_publish no_upload 'The upload cannot be moved.'
  link_shared "$id"
  install_dependencies "$id"
  # It may have been frozen while the dependencies were installed.
  [[ ! -e $state/freeze ]] || fail_publish frozen 'Frozen in the meantime; what is live has not changed.'
  run_migrations "$id" "$live"
  seal "$id"
}

# `id` is live: done already, or switched to by a process that did not live to see its health.
confirm_live() {
  local id=$1
  if [[ -n ${activated_at[$id]-} ]]; then
    journal_head
    answer already_current "$id is live already." release "\"$id\"" current "\"$id\"" journal_head "\"$REPLY\""
  fi
  find_previous "$id"
  journal publish_begin "$id" "$previous" resumed || refuse journal_unwritable 'The journal cannot be written; nothing was changed.'
  activate "$previous" "$id" published
}

# Ends a publish that has begun and not switched.
fail_publish() {
  journal_after publish_failed "$id" "$live" "$1"
  refuse "$1" "$2" current "\"${live:-none}\""
}
