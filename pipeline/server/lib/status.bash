# status: what is live and what could be, as one JSON line. Changes nothing and never waits for a change under way.

status_verb() {
  local live_json by_json run_json at_json environment_json previous_json frozen holder=null locked=false unfinished_json=null confirmed=false releases head at
  (($# == 0)) || refuse usage 'status takes no words.'
  read_history
  read_live
  find_previous "$live"
  find_rename
  read_free_kb
  json_text_or_null "$live" && live_json=$REPLY
  json_text_or_null "$previous" && previous_json=$REPLY
  [[ -z $live || -z ${activated_at[$live]-} ]] || confirmed=true
  json_text_or_null "${activated_by[${live:-none}]-}" && by_json=$REPLY
  json_text_or_null "${activated_run[${live:-none}]-}" && run_json=$REPLY
  json_text_or_null "${activated_at[${live:-none}]-}" && at_json=$REPLY
  read_environment && environment_json=$REPLY
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
  answer ok "Live is ${live:-none}." environment "$environment_json" current "$live_json" confirmed "$confirmed" \
    current_by "$by_json" current_run "$run_json" current_at "$at_json" previous "$previous_json" frozen "$frozen" \
    locked "$locked" holder "$holder" unfinished "$unfinished_json" releases "$releases" journal_head "$head" \
    free_kb "$free_kb" time "\"$at\"" renames_with "\"$rename_with\""
}

# Sets `REPLY` to the name of the environment that the server's owner wrote into .relctl/environment, as JSON; null without it.
read_environment() {
  local name=''
  [[ -f $state/environment ]] && IFS= read -r name <"$state/environment"
  json_text_or_null "$name"
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
