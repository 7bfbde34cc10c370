# rollback [release-id] [expected]: a release that was live before is live again.

# Without a target: the release before the one that is live. A freeze does not stop a rollback. Going back to what is live
# is a success that does nothing.
rollback_verb() {
  local target=${1-} expected=${2-any}
  (($# <= 2)) || refuse usage 'rollback takes a release id and what is live now.'
  [[ -z $target || $target == previous ]] || is_release_id "$target" || refuse usage 'The target is a release id, or previous.'
  is_release_id "$expected" || [[ $expected == any ]] || refuse usage 'What is live now is an id or any.'
  require_atomic_rename
  take_lock "$target"
  read_history
  read_live
  note_interruption
  if [[ -z $target || $target == previous ]]; then
    require_expected "$expected"
    find_previous "$live"
    target=$previous
    [[ -n $target ]] || refuse no_such_release 'There is no earlier release to go back to.'
  fi
  if [[ $target == "$live" && -n ${activated_at[$target]-} ]]; then
    answer already_live "$target is live already." release "\"$target\"" current "\"$target\""
  fi
  require_expected "$expected"
  [[ -d $base/releases/$target ]] || refuse no_such_release "$target is not on this server (any more)."
  [[ -n ${activated_at[$target]-} ]] || refuse never_activated "$target never proved healthy here."
  require_reversible "$base/releases/$target"
  journal rollback_begin "$target" "$live" || refuse journal_unwritable 'The journal cannot be written; nothing was changed.'
  activate "$live" "$target" rolled_back
}
