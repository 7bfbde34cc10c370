# The emergency brake on the server itself: publishing is refused, rolling back is not. It does not wait for the lock; a
# publish under way looks once more before it migrates and switches.

# freeze <why…>: freezes, or replaces the reason.
freeze_verb() {
  local why=$* at frozen
  [[ -n $why ]] || refuse usage 'freeze takes the reason.'
  printf -v at '%(%Y-%m-%dT%H:%M:%SZ)T' -1
  json_text "$why" && frozen="{\"why\":$REPLY"
  json_text_or_null "$by" && frozen+=",\"by\":$REPLY,\"at\":\"$at\"}"
  read_live
  journal freeze "$live" '' "$why" || refuse journal_unwritable 'The journal cannot be written; nothing was changed.'
  printf '%s\n' "$frozen" >"$state/freeze.next.$$" && mv -f "$state/freeze.next.$$" "$state/freeze" ||
    refuse journal_unwritable 'The freeze could not be written.'
  answer frozen_now 'Publishing is refused from now on.' frozen "$frozen"
}

# unfreeze [why…]
unfreeze_verb() {
  [[ -e $state/freeze ]] || answer not_frozen 'It was not frozen.'
  read_live
  journal unfreeze "$live" '' "$*" || refuse journal_unwritable 'The journal cannot be written; nothing was changed.'
  rm -f "$state/freeze"
  answer unfrozen 'Publishing is possible again.'
}

# Ends with `frozen` and who froze it, why and when.
require_not_frozen() {
  [[ -e $state/freeze ]] || return 0
  read_frozen
  refuse frozen 'Publishing is frozen on this server.' frozen "$REPLY" current "\"${live:-none}\""
}

# Sets `REPLY` to the freeze as JSON; a file put there by hand freezes too, whatever it holds.
read_frozen() {
  REPLY=null
  [[ -e $state/freeze ]] || return 0
  IFS= read -r REPLY <"$state/freeze"
  [[ $REPLY == \{*\} ]] || { json_text "$REPLY" && REPLY="{\"why\":$REPLY,\"by\":null,\"at\":null}"; }
}
