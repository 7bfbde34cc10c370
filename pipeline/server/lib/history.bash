# What the journal says about the releases: what was live, in which order, and what was left unfinished.

declare -gA activated_at=() # release → when it last proved healthy while live
declare -ga activations=()  # releases in the order of their last activation, oldest first
declare -ga path_here=()    # releases a rollback may step back through; the top is the newest one that proved healthy
unfinished=''               # release of an operation that began and did not end
unfinished_verb=''
pending_irreversible=''     # irreversible migrations that ran for a release which never proved healthy
last_failed=''              # the release that failed its health check last

# Reads the journal into the variables above. A rollback shortens the path to its target, so that the next one goes
# further back and never to the release that was just left.
read_history() {
  local line at event release
  activated_at=() activations=() path_here=() unfinished='' pending_irreversible='' last_failed=''
  [[ -f $state/journal.jsonl ]] || return 0
  while IFS= read -r line; do
    [[ $line =~ ^\{\"seq\":[0-9]+,\"at\":\"([^\"]*)\",\"event\":\"([a-z_]+)\",\"release\":\"([^\"]*)\" ]] || continue
    at=${BASH_REMATCH[1]} event=${BASH_REMATCH[2]} release=${BASH_REMATCH[3]}
    case $event in
      publish_begin | rollback_begin) unfinished=$release unfinished_verb=${event%_begin} ;;
      migrated) [[ $line =~ \"detail\":\"([^\"]*)\" ]] && pending_irreversible+=" ${BASH_REMATCH[1]}" ;;
      publish_done)
        unfinished='' pending_irreversible=''
        note_activation "$release" "$at"
        path_here+=("$release")
        ;;
      rollback_done)
        unfinished=''
        note_activation "$release" "$at"
        step_back_to "$release"
        ;;
      publish_failed | rollback_failed | interrupted) unfinished='' ;;
      publish_unhealthy | rollback_unhealthy) unfinished='' last_failed=$release ;;
    esac
  done <"$state/journal.jsonl"
}

# Sets `previous` to the release that a rollback without a target goes to; empty when there is none.
find_previous() {
  local current=$1 index
  previous=''
  for ((index = ${#path_here[@]} - 1; index >= 0; index--)); do
    [[ ${path_here[index]} == "$current" ]] && break
  done
  # A release that never proved healthy, or one linked by hand, is not on the path: then its top is the one to go to.
  ((index >= 0)) || index=${#path_here[@]}
  for ((index--; index >= 0; index--)); do
    [[ ${path_here[index]} != "$current" && -d $base/releases/${path_here[index]} ]] || continue
    previous=${path_here[index]}
    return 0
  done
}

note_activation() {
  local id others=()
  for id in "${activations[@]}"; do
    [[ $id == "$1" ]] || others+=("$id")
  done
  activations=("${others[@]}" "$1")
  activated_at[$1]=$2
}

step_back_to() {
  local index
  for ((index = ${#path_here[@]} - 1; index >= 0; index--)); do
    [[ ${path_here[index]} == "$1" ]] || continue
    path_here=("${path_here[@]:0:index+1}")
    return 0
  done
  path_here+=("$1")
}
