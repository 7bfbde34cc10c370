# status: what is live and what could be, as one JSON line. Changes nothing and never waits for a change under way.

status_verb() {
  local live_json previous_json frozen holder=null locked=false unfinished_json=null confirmed=false releases head at
  (($# == 0)) || refuse usage 'status takes no words.'
  read_history
  read_live
  find_previous "$live"
  find_rename
  read_free_kb
  json_text_or_null "$live" && live_json=$REPLY
  json_text_or_null "$previous" && previous_json=$REPLY
  [[ -z $live || -z ${activated_at[$live]-} ]] || confirmed=true
  read_frozen && frozen=$REPLY
  if is_locked; then
    locked=true
    read_holder && holder=$REPLY
  elif [[ -n $unfinished ]]; then
    unfinished_json="{\"verb\":\"$unfinished_verb\",\"release\":\"$unfinished\"}"
  fi
  list_releases && releases=$REPLY
  journal_head && json_text_or_null "$REPLY" && head=$REPLY
  printf -v at '%(%Y-%m-%dT%H:%M:%SZ)T' -1
  answer ok "Live is ${live:-none}." current "$live_json" confirmed "$confirmed" previous "$previous_json" frozen "$frozen" \
    locked "$locked" holder "$holder" unfinished "$unfinished_json" releases "$releases" journal_head "$head" \
    free_kb "$free_kb" time "\"$at\"" renames_with "\"$rename_with\""
}

# Sets `REPLY` to the releases on the server that were live, newest activation first, as a JSON list.
list_releases() {
  local index id
  REPLY=''
  for ((index = ${#activations[@]} - 1; index >= 0; index--)); do
    id=${activations[index]}
    [[ -d $base/releases/$id ]] || continue
    REPLY+="${REPLY:+,}{\"id\":\"$id\",\"activated_at\":\"${activated_at[$id]}\"}"
  done
  REPLY="[$REPLY]"
}
