# What the journal says about the releases: what was live, in which order, and what was left unfinished.

declare -gA activated_at=() # release → when it last proved healthy while live
declare -gA activated_by=() # release → the verb that made it live then: publish or rollback
declare -gA activated_run=() # release → the run that asked for it, or empty
declare -ga activations=()  # releases in the order of their last activation, oldest first
declare -ga path_here=()    # releases a rollback may step back through; the top is the newest one that proved healthy
unfinished=''               # release of an operation that began and did not end
unfinished_verb=''
pending_irreversible=''     # irreversible migrations that ran for a release which never proved healthy
last_failed=''              # the release that failed its health check last

# Reads the journal into the variables above. A rollback shortens the path to its target, so that the next one goes
# further back and never to the release that was just left.
read_history() {
  local line at event release run activation_count=0
  local -A place=()
  activated_at=() activated_by=() activated_run=() activations=() path_here=() unfinished='' pending_irreversible='' last_failed=''
  [[ -f $state/journal.jsonl ]] || return 0
  while IFS= read -r line; do
    [[ $line =~ ^\{\"seq\":[0-9]+,\"at\":\"([^\"]*)\",\"event\":\"([a-z_]+)\",\"release\":\"([^\"]*)\" ]] || continue
    at=${BASH_REMATCH[1]} event=${BASH_REMATCH[2]} release=${BASH_REMATCH[3]} run=''
    [[ $event != *_done || ! $line =~ \"run\":\"([^\"]*)\" ]] || run=${BASH_REMATCH[1]}
    case $event in
      publish_begin | rollback_begin) unfinished=$release unfinished_verb=${event%_begin} ;;
      migrated) [[ $line =~ \"detail\":\"([^\"]*)\" ]] && pending_irreversible+=" ${BASH_REMATCH[1]}" ;;
      publish_done)
        unfinished='' pending_irreversible=''
        note_activation "$release" "$at" publish "$run"
        path_here+=("$release")
        ;;
      rollback_done)
        unfinished=''
        note_activation "$release" "$at" rollback "$run"
        step_back_to "$release"
        ;;
      publish_failed | rollback_failed | interrupted) unfinished='' ;;
      publish_unhealthy | rollback_unhealthy) unfinished='' last_failed=$release ;;
    esac
  done <"$state/journal.jsonl"
  activations=("${activations[@]}")
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

# The list may get holes, so that a long journal is read in one pass; read_history closes them.
note_activation() {
  [[ -z ${place[$1]-} ]] || unset "activations[place[$1]]"
  place[$1]=$activation_count
  activations[activation_count++]=$1
  activated_at[$1]=$2
  activated_by[$1]=$3
  activated_run[$1]=$4
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
