# Clean-up after a success, under the lock. Order comes from the journal: times of files move when somebody touches them.

# Keeps the newest activated releases (setting keep), what is live, what a rollback would go to, and the release that
# failed last. Its own failure is only told.
prune() {
  local id folder index
  local -A kept=()
  read_history
  find_previous "$live"
  [[ -z $live ]] || kept[$live]=yes
  [[ -z $previous ]] || kept[$previous]=yes
  [[ -z $last_failed ]] || kept[$last_failed]=yes
  for ((index = ${#activations[@]} - 1; index >= 0 && index >= ${#activations[@]} - settings[keep]; index--)); do
    kept[${activations[index]}]=yes
  done
  shopt -s nullglob
  for folder in "$base/releases/"*/; do
    id=${folder%/} id=${id##*/}
    [[ -n ${kept[$id]-} ]] && continue
    remove_tree "$base/releases/$id" || printf 'releases/%s could not be removed.\n' "$id" >&2
    rm -f -- "$state/log/$id.log"
  done
  prune_leftovers
}

# Uploads nobody finished, and what a killed process was checking.
prune_leftovers() {
  local folder limit=$state/leftovers.limit
  touch -d "@$((EPOCHSECONDS - settings[incoming_hours] * 3600))" "$limit" || return 0
  for folder in "$base/incoming/"*/ "$state/checking/"*/; do
    folder=${folder%/}
    [[ $folder -ot $limit && ! -L $folder ]] || continue
    # One that is being written to is in use, however old its folder looks.
    (flock -n 8 && remove_tree "$folder") 8<"$folder" || printf '%s was left alone.\n' "$folder" >&2
  done
}
